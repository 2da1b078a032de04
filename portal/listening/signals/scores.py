"""How right a reading is: accuracy, macro-F1, and each class by itself."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One class: precision, recall and F1 from 0 to 1, and how many texts are truly of it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Truth against reading, counted.

    Attributes:
        classes: those that the truth holds, then those that were read but never true.
        counts: how many texts are truly the first and were read as the second.
    """

    classes: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    @property
    def total(self) -> int:
        """How many texts were compared."""
        return sum(self.counts.values())

    @property
    def true_classes(self) -> tuple[str, ...]:
        """The classes that the truth holds."""
        return tuple(each for each in self.classes if self.of(each).support)

    @property
    def accuracy(self) -> float:
        """The share that was read right; 0 without texts."""
        right = sum(count for (true, said), count in self.counts.items() if true == said)
        return right / self.total if self.total else 0.0

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the classes that the truth holds, each counting the same."""
        classes = self.true_classes
        return sum(self.of(each).f1 for each in classes) / len(classes) if classes else 0.0

    def of(self, wanted: str) -> ClassScore:
        """Precision, recall and F1 of one class; 0 where there is nothing to divide by."""
        hits = self.counts.get((wanted, wanted), 0)
        said = sum(count for (_true, read), count in self.counts.items() if read == wanted)
        true = sum(count for (given, _read), count in self.counts.items() if given == wanted)
        return ClassScore(
            precision=hits / said if said else 0.0,
            recall=hits / true if true else 0.0,
            f1=2 * hits / (said + true) if said + true else 0.0,
            support=true,
        )


def compare(pairs: Iterable[tuple[str, str]] | Mapping[tuple[str, str], int], *, order: tuple[str, ...] = ()) -> Scores:
    """Count pairs of (truth, reading).

    Args:
        pairs: a class each, or how many there are of each pair.
        order: in which classes are listed; others follow by name.
    """
    counts = Counter(pairs)
    found = {each for pair in counts for each in pair}
    classes = [each for each in order if each in found]
    return Scores((*classes, *sorted(found.difference(order))), dict(counts))
