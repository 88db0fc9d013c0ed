"""Recognised elements → a verdict on every rule, each with its worst place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from publisher.inspect import (
    body_rules,
    foot_rules,
    form_rules,
    head_rules,
    page_rules,
    picture_rules,
    table_rules,
)
from publisher.inspect.circumstances import FOREIGN, Circumstances
from publisher.inspect.readings import Absent, Hidden, Measure, Number, Reading, Spot, Words
from publisher.inspect.recognised import Recognised
from publisher.rules import RULES, Counted, Quantity, Rule, Strength, figure


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
    place: Spot | None = None
    value: Counted | None = None
    """What was measured, in the unit of the rule; None where that is no number."""
    own: str = ""
    """What the page of the bureau asks for instead; empty where it asks for what the rule does."""

    @property
    def breaks(self) -> bool:
        """Whether a rule that must hold does not."""
        return self.verdict is Verdict.DEVIATES and self.rule.strength is Strength.MUST


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for module in (
        page_rules,
        head_rules,
        body_rules,
        table_rules,
        picture_rules,
        foot_rules,
        form_rules,
    )
    for measure in module.MEASURES
}
"""How each rule is measured that a program can measure, by the rule's name."""


def measure(seen: Recognised) -> tuple[Measurement, ...]:
    """One measurement for every rule, in the order of the standard."""
    own_values = seen.area.own_values
    return tuple(_of_rule(rule, seen, own_values.get(rule.name)) for rule in RULES)


def _of_rule(rule: Rule, seen: Recognised, own: Quantity | None) -> Measurement:
    if seen.form not in rule.forms:
        return Measurement(rule, Verdict.NOT_APPLICABLE, "", f"本文是{seen.form.value}格式")
    if seen.is_attachment and rule.is_of_document:
        return Measurement(rule, Verdict.NOT_APPLICABLE, "", "本文是另附的附件")
    if rule.beyond:
        return Measurement(rule, Verdict.NOT_MEASURABLE, "", rule.beyond)
    if seen.is_preprinted and rule.needs_red_head:
        return Measurement(rule, Verdict.NOT_MEASURABLE, "", PREPRINTED)
    return judged(rule, list(MEASURES[rule.name](seen)), own)


PREPRINTED = "红头已预印在纸上，文件里没有，要看印好的纸"


def judged(rule: Rule, readings: list[Reading], own: Quantity | None = None) -> Measurement:
    """The verdict on a rule: that of its worst reading; `own` is what the bureau asks for."""
    shown = [reading for reading in readings if isinstance(reading, Number | Words)]
    if shown:
        asked = rule if own is None else replace(rule, value=rule.unit.count(own))
        return _verdict(rule, asked, _worst(rule, asked, shown))
    for reading in readings:
        if isinstance(reading, Hidden):
            return Measurement(rule, Verdict.NOT_MEASURABLE, "", reading.reason)
    reasons = [reading.reason for reading in readings if isinstance(reading, Absent)]
    reason = reasons[0] if reasons else f"本文没有{rule.element}"
    return Measurement(rule, Verdict.NOT_APPLICABLE, "", reason)


def _worst(rule: Rule, asked: Rule, readings: Iterable[Number | Words]) -> Number | Words:
    """The first that says no; else the number that is farthest off what is asked for."""

    def badness(reading: Number | Words) -> tuple[int, Counted]:
        match reading:
            case Words():
                return (1 if reading.holds else 2 if reading.is_own else 3), 0.0
            case Number():
                allowed = rule.allows(reading.value) or asked.allows(reading.value)
                return (2 if allowed else 4), asked.miss(reading.value)

    return max(readings, key=badness)


def _verdict(rule: Rule, asked: Rule, reading: Number | Words) -> Measurement:
    """By the standard's rule; where it is missed, by the one that the bureau puts in its place."""
    value = None
    match reading:
        case Number():
            value = rule.unit.count(reading.value)
            said = figure(value, rule.unit)
            holds, is_own = rule.allows(reading.value), asked.allows(reading.value)
        case Words():
            holds, is_own, said = reading.holds, reading.is_own, reading.said
    verdict = Verdict.HOLDS if holds else Verdict.OWN if is_own else Verdict.DEVIATES
    own = asked.wanted if asked.wanted != rule.wanted else ""
    return Measurement(rule, verdict, said, place=reading.place, value=value, own=own)


def accepting(
    measurements: Iterable[Measurement], reasons: Mapping[str, str]
) -> tuple[Measurement, ...]:
    """With the rules that the bureau breaks knowingly, by their names, each with its reason."""
    return tuple(
        replace(measurement, verdict=Verdict.ACCEPTED, reason=reasons[measurement.rule.name])
        if measurement.verdict is Verdict.DEVIATES and measurement.rule.name in reasons
        else measurement
        for measurement in measurements
    )


def measure_settings(
    readings: dict[str, list[Reading]], why: str, circumstances: Circumstances = FOREIGN
) -> tuple[Measurement, ...]:
    """One measurement for every rule from settings alone: most cannot be told by them."""
    own_values = circumstances.area.own_values
    return tuple(
        judged(rule, readings[rule.name], own_values.get(rule.name))
        if rule.name in readings and not (circumstances.is_preprinted and rule.needs_red_head)
        else Measurement(rule, Verdict.NOT_MEASURABLE, "", rule.beyond or why)
        for rule in RULES
    )
