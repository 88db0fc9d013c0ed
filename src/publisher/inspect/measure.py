"""Recognised elements → a verdict on every rule, each with its worst place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from publisher.inspect import body_rules, foot_rules, form_rules, head_rules, page_rules
from publisher.inspect.area import STANDARD, Area
from publisher.inspect.elements import Elements
from publisher.inspect.readings import Absent, Hidden, Measure, Number, Place, Reading, Words
from publisher.rules import RULES, Rule, Strength, figure


class Verdict(Enum):
    """What became of a rule."""

    HOLDS = "符合"
    DEVIATES = "不符合"
    OWN = "按本单位版面"
    """It deviates as the page does that the bureau asks for."""
    ACCEPTED = "不符合，已接受"
    """It deviates, and the bureau accepts that with a reason."""
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
    """Why the rule does not apply, or cannot be measured, or why its breach is accepted."""
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
    own = seen.area.own_values.get(rule.name)
    if seen.form not in rule.forms:
        return Measurement(rule, Verdict.NOT_APPLICABLE, "", f"本文是{seen.form.value}格式")
    if rule.beyond:
        return Measurement(rule, Verdict.NOT_MEASURABLE, "", rule.beyond)
    return judged(rule, list(MEASURES[rule.name](seen)), own)


def judged(rule: Rule, readings: list[Reading], own: float | None = None) -> Measurement:
    """The verdict on a rule: that of its worst reading; `own` is what the bureau asks for."""
    found = [one for one in readings if isinstance(one, Number | Words)]
    if found:
        return _verdict(rule, _worst(rule, found, own), own)
    for reading in readings:
        if isinstance(reading, Hidden):
            return Measurement(rule, Verdict.NOT_MEASURABLE, "", reading.reason)
    reasons = [one.reason for one in readings if isinstance(one, Absent)]
    reason = reasons[0] if reasons else f"本文没有{rule.element}"
    return Measurement(rule, Verdict.NOT_APPLICABLE, "", reason)


def _worst(rule: Rule, readings: Iterable[Number | Words], own: float | None) -> Number | Words:
    """The first that says no; else the number that is farthest off."""
    wanted = (rule.value or 0) if own is None else own

    def badness(reading: Number | Words) -> tuple[int, float]:
        match reading:
            case Words():
                return (1 if reading.holds else 3), 0.0
            case Number():
                away = abs(reading.value - wanted)
                allowed = rule.allows(reading.value) or _is_own(rule, reading.value, own)
                return (2 if allowed else 4), away

    return max(readings, key=badness)


def _is_own(rule: Rule, value: float, own: float | None) -> bool:
    """Whether a value is the one that the bureau asks for in place of the standard's."""
    return own is not None and replace(rule, value=own).allows(value)


def _verdict(rule: Rule, reading: Number | Words, own: float | None) -> Measurement:
    match reading:
        case Number():
            said = figure(reading.value, rule.unit)
            holds, is_own = rule.allows(reading.value), _is_own(rule, reading.value, own)
        case Words():
            holds, is_own, said = reading.holds, False, reading.said
    verdict = Verdict.HOLDS if holds else Verdict.OWN if is_own else Verdict.DEVIATES
    return Measurement(rule, verdict, said, place=reading.place)


def accepting(found: Iterable[Measurement], reasons: Mapping[str, str]) -> tuple[Measurement, ...]:
    """With the rules that the bureau breaks knowingly, by their names, each with its reason."""
    return tuple(
        replace(one, verdict=Verdict.ACCEPTED, reason=reasons[one.rule.name])
        if one.verdict is Verdict.DEVIATES and one.rule.name in reasons
        else one
        for one in found
    )


def measure_settings(
    readings: dict[str, list[Reading]], why: str, area: Area = STANDARD
) -> tuple[Measurement, ...]:
    """One measurement for every rule from settings alone: most cannot be told by them."""
    return tuple(
        judged(rule, readings[rule.name], area.own_values.get(rule.name))
        if rule.name in readings
        else Measurement(rule, Verdict.NOT_MEASURABLE, "", rule.beyond or why)
        for rule in RULES
    )
