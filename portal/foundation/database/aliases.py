"""Aliases of tables that a module keeps, for every thread that builds a statement with them."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import aliased

from portal.foundation.database.tables import Base

Row = TypeVar("Row", bound=Base)


def shared_alias(model: type[Row], name: str | None = None) -> type[Row]:
    """An alias of a model that stands for as long as the process, whoever uses it first.

    SQLAlchemy (2.1, `ColumnCollection._init_proxy_index`) finds the columns of an alias in an index that it fills when
    the first is asked for. A second thread that asks in that moment finds half of them, and takes the column of the
    bare table instead: its statement then joins everything with everything, and is kept. Here the index is filled
    before anyone else can ask.
    """
    alias = aliased(model, name=name)
    # Asked for a column that it does not hold itself, it has to look into the index.
    inspect(alias).selectable.corresponding_column(next(iter(model.__table__.columns)))
    return alias
