"""A small linear model: multinomial logistic regression over numbered features, in plain numbers.

numpy is loaded on first use, for most portals never learn and every process would carry it.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.listening.signals.learning.features import Features

# Chosen on sets of the size that a company's first labels have: little data wants firm shrinking.
_SHRINK = 0.002
_STEPS = 150


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by class for the features that were seen in training.

    Attributes:
        classes: in the order of the weights.
        weights: for a feature's number the weight it has for each class.
    """

    classes: tuple[str, ...]
    weights: dict[int, Any]

    def packed(self) -> bytes:
        """The weights as plain numbers: how many, their features (uint32), then each class's weights (float32)."""
        import numpy as np

        numbers = np.fromiter(self.weights, np.uint32, len(self.weights))
        weights = np.array([*self.weights.values()], np.float32).reshape(len(numbers), len(self.classes))
        plain = len(numbers).to_bytes(4, "little") + numbers.astype("<u4").tobytes() + weights.astype("<f4").tobytes()
        return zlib.compress(plain)

    @classmethod
    def unpacked(cls, packed: bytes, classes: Sequence[str]) -> "LinearModel":
        """The model that was packed.

        Raises:
            ValueError: these are not the weights of so many classes.
        """
        import numpy as np

        plain = zlib.decompress(packed)
        count = int.from_bytes(plain[:4], "little")
        if len(plain) != 4 + count * 4 * (1 + len(classes)):
            raise ValueError("the weights do not fit their classes")
        numbers = np.frombuffer(plain, "<u4", count, offset=4)
        weights = np.frombuffer(plain, "<f4", offset=4 + count * 4).reshape(count, len(classes))
        return cls(tuple(classes), dict(zip(numbers.tolist(), weights, strict=True)))

    def likeliest(self, features: Features) -> str:
        """The class with the largest share."""
        shares = self.shares(features)
        return max(shares, key=shares.__getitem__)

    def shares(self, features: Features) -> dict[str, float]:
        """How likely each class is, from 0 to 1; together 1."""
        import numpy as np

        sums = np.zeros(len(self.classes))
        known = self.weights
        for number, value in features.items():
            weight = known.get(number)
            if weight is not None:
                sums += weight * value
        risen = np.exp(sums - sums.max())
        return dict(zip(self.classes, (risen / risen.sum()).tolist(), strict=True))


def train(examples: Sequence[Features], labels: Sequence[str], classes: Sequence[str]) -> LinearModel:
    """Fit a model by Nesterov's accelerated descent (1983) on the mean log loss with an L2 penalty.

    Rare classes count for more than their share, by the square root of how rare they are.
    """
    import numpy as np

    order = tuple(each for each in classes if each in set(labels))
    numbers = np.array(sorted({number for example in examples for number in example}), dtype=np.int64)
    lengths = np.array([len(example) for example in examples])
    columns = np.searchsorted(
        numbers, np.fromiter((number for example in examples for number in example), np.int64, int(lengths.sum()))
    )
    values = np.fromiter((value for example in examples for value in example.values()), np.float64, int(lengths.sum()))
    rows = np.repeat(np.arange(len(examples)), lengths)
    truth = np.array([order.index(label) for label in labels])
    wanted = np.eye(len(order))[truth]
    counts = np.bincount(truth, minlength=len(order))
    emphasis = np.sqrt(len(labels) / (len(order) * counts))[truth]
    emphasis *= len(labels) / emphasis.sum()

    width = len(numbers)
    weights = np.zeros((width, len(order)))
    ahead = weights.copy()
    # The loss curves at most by half of the longest example's square length.
    step = 1.0 / (0.5 * _longest(values, rows, len(examples)) * emphasis.max() + _SHRINK)
    momentum = 1.0
    for _step in range(_STEPS):
        sums = np.stack(
            [np.bincount(rows, values * ahead[columns, each], len(examples)) for each in range(len(order))], 1
        )
        sums -= sums.max(1, keepdims=True)
        risen = np.exp(sums)
        miss = (risen / risen.sum(1, keepdims=True) - wanted) * emphasis[:, None] / len(examples)
        slope = np.stack([np.bincount(columns, values * miss[rows, each], width) for each in range(len(order))], 1)
        moved = ahead - step * (slope + _SHRINK * ahead)
        following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        weights, momentum = moved, following
    return LinearModel(order, dict(zip(numbers.tolist(), weights.astype(np.float32), strict=True)))


def _longest(values: Any, rows: Any, count: int) -> float:
    import numpy as np

    return float(np.bincount(rows, values * values, count).max())
