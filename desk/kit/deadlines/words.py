"""The words of a trace, in Chinese and English: sentences that a clerk reads aloud and the printer prints.

Old papers must read the same for ever. So a released version of the words is history: never change a sentence in it;
write a new version beside it, raise `WORDS_VERSION` in `trace.py`, and leave the old one for the traces that carry its number.
"""

from collections.abc import Callable, Mapping

from desk.kit.deadlines.trace import Step, Trace, Value
from desk.kit.deadlines.words_en import EN_1
from desk.kit.deadlines.words_zh import ZH_1
from desk.kit.problems import Unclear

Sentence = Callable[[Mapping[str, Value]], str]

WORDS: Mapping[tuple[int, str], Mapping[str, Sentence]] = {(1, "zh"): ZH_1, (1, "en"): EN_1}


def trace_words(trace: Trace, lang: str) -> list[str]:
    """Return the trace as sentences in 'zh' or 'en' ('zh_CN' and 'zh-Hans-CN' are Chinese too), one for each step.

    `Unclear('deadline.trace')` if a step or its values are not of the trace's version.
    """
    table = WORDS.get((trace.version, "zh" if lang.lower().startswith("zh") else "en"))
    if table is None:
        raise Unclear("deadline.trace", found=trace.version)
    return [_sentence(table, step) for step in trace.steps]


def _sentence(table: Mapping[str, Sentence], step: Step) -> str:
    try:
        return table[step.code](step.values)
    except (KeyError, ValueError):
        raise Unclear("deadline.trace", found=step.code) from None
