"""Cutting text into tokens, by the two kinds of vocabulary that models of text have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from measure.phantoms import notes
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS: Final = 200_000
NOTE: Final = 3000
"""Characters of one note."""
VOCABULARY: Final = 30_000
UNKNOWN: Final = "[UNK]"


def measure() -> Iterator[Row]:
    """Yield the cost of a million tokens; the vocabularies are learnt from other text of the same kind."""
    learnt, text = notes(WORDS, seed=2), notes(WORDS, seed=1)
    documents = [text[start : start + NOTE] for start in range(0, len(text), NOTE)]
    for name, tokenizer in (
        ("WordPiece (as of BERT)", wordpiece(learnt)),
        ("byte pairs (as of GPT)", byte_pairs(learnt)),
    ):
        count = sum(len(one.ids) for one in tokenizer.encode_batch(documents))
        said = f"made-up clinical notes of {NOTE} characters, {len(text) / count:.2f} characters a token"
        yield cost(
            f"a million tokens, {name}",
            lambda tokenizer=tokenizer: tokenizer.encode_batch(documents),  # type: ignore[misc]
            unit="s/Mtoken",
            per=count / 1e6,
            software=("tokenizers",),
            conditions=said,
        )


def wordpiece(text: str) -> Tokenizer:
    """Return a vocabulary of pieces of words."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        [text], trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=[UNKNOWN], show_progress=False)
    )
    return tokenizer


def byte_pairs(text: str) -> Tokenizer:
    """Return a vocabulary of pairs of bytes."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel()
    tokenizer.train_from_iterator([text], trainers.BpeTrainer(vocab_size=VOCABULARY, show_progress=False))
    return tokenizer
