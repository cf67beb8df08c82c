"""Which colours does tokens.css give? Reads it, and computes what a browser would."""

import ast
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import handrail.base

TOKENS = Path(handrail.base.__file__).parent / "static/base/css/tokens.css"
FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "clamp": lambda low, value, high: max(low, min(value, high)),
}


class Colour(NamedTuple):
    """Linear sRGB, each part from 0 to 1."""

    red: float
    green: float
    blue: float


def tokens() -> dict[str, str]:
    """Every custom property of tokens.css with its value as written."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    pairs = re.findall(r"(--[\w-]+):\s*([^;]+);", text)
    return {name: " ".join(value.split()) for name, value in pairs}


def resolve(value: str, scheme: str, known: Mapping[str, str]) -> Colour:
    """The colour of a CSS value in "light" or "dark"; knows the notations that tokens.css uses."""
    value = value.strip()
    if value.startswith("var("):
        return resolve(known[value[4:-1]], scheme, known)
    if value.startswith("light-dark("):
        light, dark = _arguments(value)
        return resolve(light if scheme == "light" else dark, scheme, known)
    if value.startswith("oklch(from "):
        return _relative(value, scheme, known)
    parts = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return Colour(*map(_linear, parts))


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2's contrast ratio, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _relative(value: str, scheme: str, known: Mapping[str, str]) -> Colour:
    """`oklch(from <colour> <lightness> <chroma> <hue>)`, clipped to what a screen shows."""
    origin, *channels = _split(value[len("oklch(from ") : -1], " ")
    lightness, chroma, hue = _to_oklch(resolve(origin, scheme, known))
    names = {"l": lightness, "c": chroma, "h": hue}
    return _from_oklch(*(_calculate(channel, names) for channel in channels))


def _arguments(call: str) -> list[str]:
    return _split(call[call.index("(") + 1 : -1], ",")


def _split(text: str, separator: str) -> list[str]:
    """Splits where no bracket is open."""
    parts, depth = [""], 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _calculate(expression: str, names: Mapping[str, float]) -> float:
    return _value(ast.parse(expression, mode="eval").body, names)


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return names[name]
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _value(left, names) - _value(right, names)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*(_value(argument, names) for argument in arguments))
    raise ValueError(f"tokens.css uses what this test does not know: {ast.dump(node)}")


def _luminance(colour: Colour) -> float:
    return 0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _to_oklch(colour: Colour) -> tuple[float, float, float]:
    """Björn Ottosson's OKLab (2020), in polar coordinates; the hue in degrees."""
    red, green, blue = colour
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a))


def _from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return Colour(*(min(1.0, max(0.0, part)) for part in parts))
