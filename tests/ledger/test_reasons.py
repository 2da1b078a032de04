"""What counts as a reason."""

import pytest

from portal.ledger.reasons import gives_a_reason


@pytest.mark.parametrize(
    ("message", "is_one"),
    [
        ("The resin would crack in the first hard frost.", True),
        ("It costs more than we earn.", True),
        ("冬の寒さで樹脂が割れてしまうためです。", True),
        ("추운 겨울에 수지가 깨지기 때문입니다", True),
        ("เรซินจะแตกในฤดูหนาวที่หนาวเย็น", True),
        ("", False),
        ("No.", False),
        ("Not planned for now", False),
        ("Unfortunately impossible, sorry", False),
        ("!!!! ???? .... ---- ____ ****", False),
        ("いいえ", False),
        ("太贵了，冬天会裂开的，对不起", True),
        ("不不不不不不不不不不不不不不", False),
        ("不行。。。。。。。。。。。。。。。。", False),
        ("لن نفعل ذلك لأن المادة تتشقق في البرد", True),
        ("لا.................................", False),
        ("यह सर्दियों में टूट जाता है", True),
        ("नहीं, अभी नहीं .................", False),
        ("ឥឡូវនេះមិនអាចធ្វើបានទេព្រោះថ្លៃ", True),
        ("no no no no no no no no no no", False),
        ("a b c d e f g h i j k l m n o p", False),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14", False),
        ("No. 😀 😀 😀 😀 😀 😀 😀 😀 😀 😀 😀 😀", False),
        ("No, not now ..............................", False),
        ("https://lumen.example/why-we-do-not-do-this-any-more", False),
        ("[www](https://lumen.example/a/b/c/d/e/f)", False),
        ("> It costs more than we earn with it.\n\nNo.", False),
        ("N\u200bo, i\u200bt i\u200bs", False),
    ],
)
def test_a_reason_is_at_least_a_sentence(message: str, is_one: bool) -> None:
    assert gives_a_reason(message) is is_one
