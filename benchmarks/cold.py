"""The portal with nothing kept between requests: what each page costs when it is drawn for one reader alone."""

from portal.app import create_app
from portal.foundation.database.revisions import store

store.is_on = False
app = create_app()
