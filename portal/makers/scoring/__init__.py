"""The maker score: what it is made of (`weights`) and how a person is read (`reading`)."""
