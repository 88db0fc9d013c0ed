"""A character of a symbol font → one that every font has: ☑ for a place in Wingdings."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA0: "·", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xB2: "✧",
    0xD8: "➢", 0xDC: "➲", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", 0x4A: "☺", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x81: "①", 0x82: "②",
    0x83: "③", 0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□",
    0x97: "●", 0x98: "●", 0x9A: "○", 0xA2: "■", 0xAE: "◆",
}  # fmt: skip
_SYMBOL = {
    0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠",
    0xBB: "≈", 0xA5: "∞", 0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xD6: "√", 0x6D: "μ", 0x61: "α",
    0x62: "β", 0x67: "γ", 0x64: "δ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x71: "θ", 0x6C: "λ",
    0x70: "π", 0x73: "σ", 0x6A: "φ", 0x77: "ω", 0x65: "ε", 0x2D: "−",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_OWN = 0xF000
"""Where files put the characters of such fonts: a region that means nothing by itself."""


def shown(character: str, font: str) -> str:
    """A character as it is seen in a font; itself, where the font is none of symbols."""
    code = ord(character) & ~_OWN if _OWN <= ord(character) < _OWN + 0x100 else ord(character)
    table = _FONTS.get(font.lower().strip())
    if table is None:
        return "•" if code != ord(character) and not font else character
    return table.get(code, character)
