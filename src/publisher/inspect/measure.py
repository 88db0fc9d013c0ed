"""Recognised elements → a verdict on every rule, each with its worst place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from publisher.inspect import body_rules, foot_rules, form_rules, head_rules, page_rules
from publisher.inspect.elements import Elements
from publisher.inspect.readings import Absent, Hidden, Measure, Number, Place, Reading, Words
from publisher.rules import RULES, Rule, Strength, figure


class Verdict(Enum):
    """What became of a rule."""

    HOLDS = "符合"
    DEVIATES = "不符合"
    NOT_APPLICABLE = "不适用"
    NOT_MEASURABLE = "此处无法测量"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A rule, and what was found of it in one file."""

    rule: Rule
    verdict: Verdict
    measured: str
    """The worst of what was measured, as a person reads it; empty where nothing was."""
    reason: str = ""
    """Why the rule does not apply, or cannot be measured."""
    place: Place | None = None

    @property
    def breaks(self) -> bool:
        """Whether a rule that must hold does not."""
        return self.verdict is Verdict.DEVIATES and self.rule.strength is Strength.MUST


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for module in (page_rules, head_rules, body_rules, foot_rules, form_rules)
    for measure in module.MEASURES
}
"""How each rule is measured that a program can measure, by the rule's name."""


def measure(seen: Elements) -> tuple[Measurement, ...]:
    """One measurement for every rule, in the order of the standard."""
    return tuple(_of_rule(rule, seen) for rule in RULES)


def _of_rule(rule: Rule, seen: Elements) -> Measurement:
    if seen.form not in rule.forms:
        return Measurement(rule, Verdict.NOT_APPLICABLE, "", f"本文是{seen.form.value}格式")
    if rule.beyond:
        return Measurement(rule, Verdict.NOT_MEASURABLE, "", rule.beyond)
    return judged(rule, list(MEASURES[rule.name](seen)))


def judged(rule: Rule, readings: list[Reading]) -> Measurement:
    """The verdict on a rule: that of its worst reading."""
    found = [one for one in readings if isinstance(one, Number | Words)]
    if found:
        return _verdict(rule, _worst(rule, found))
    for reading in readings:
        if isinstance(reading, Hidden):
            return Measurement(rule, Verdict.NOT_MEASURABLE, "", reading.reason)
    reasons = [one.reason for one in readings if isinstance(one, Absent)]
    reason = reasons[0] if reasons else f"本文没有{rule.element}"
    return Measurement(rule, Verdict.NOT_APPLICABLE, "", reason)


def _worst(rule: Rule, readings: Iterable[Number | Words]) -> Number | Words:
    """The first that says no; else the number that is farthest off."""

    def badness(reading: Number | Words) -> tuple[int, float]:
        match reading:
            case Words():
                return (1 if reading.holds else 3), 0.0
            case Number():
                away = abs(reading.value - (rule.value or 0))
                return (2 if rule.allows(reading.value) else 4), away

    return max(readings, key=badness)


def _verdict(rule: Rule, reading: Number | Words) -> Measurement:
    match reading:
        case Number():
            holds, said = rule.allows(reading.value), figure(reading.value, rule.unit)
        case Words():
            holds, said = reading.holds, reading.said
    verdict = Verdict.HOLDS if holds else Verdict.DEVIATES
    return Measurement(rule, verdict, said, place=reading.place)


def measure_settings(readings: dict[str, list[Reading]], why: str) -> tuple[Measurement, ...]:
    """One measurement for every rule from settings alone: most cannot be told by them."""
    return tuple(
        judged(rule, readings[rule.name])
        if rule.name in readings
        else Measurement(rule, Verdict.NOT_MEASURABLE, "", rule.beyond or why)
        for rule in RULES
    )
