"""What a look-up says of something that is stored here: as it was, in other words, or gone."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from portal.listening.connectors.contract import (
    Change,
    ConnectorError,
    Contract,
    Deletion,
    Heard,
    LeftOut,
    QuotaGone,
    RateLimited,
)

LookedUp = Deletion | Change


def told(
    make: Callable[[], Heard], *, channel: str, external_id: str, origin_host: str | None = None
) -> Iterator[LookedUp]:
    """What a found item says now; nothing for a shape that is not known, so that it hides no other in its answer.

    One that is no longer ours to keep, such as a post whose author went out of the public, counts as deleted.
    """
    try:
        made = make()
    except LeftOut:
        yield Deletion(channel=channel, external_id=external_id, origin_host=origin_host)
    except Contract:
        return
    else:
        yield made if isinstance(made, Deletion | Change) else Change.to(made)


def each(ids: Sequence[tuple[str, str]], ask: Callable[[str, str], Iterable[LookedUp]]) -> list[LookedUp]:
    """Ask for each (origin host, id) by itself; one that cannot be asked for hides no other.

    Raises:
        ConnectorError: nothing was learnt at all.
    """
    found: list[LookedUp] = []
    refusal: ConnectorError | None = None
    for host, name in ids:
        try:
            found += ask(host, name)
        except (RateLimited, QuotaGone) as limit:
            refusal = limit
            break
        except ConnectorError as error:
            refusal = error
    if refusal and not found:
        raise refusal
    return found
