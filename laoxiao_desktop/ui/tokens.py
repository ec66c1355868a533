"""The colours of the window, light and dark; no other module names a colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour per use; both sheets keep text at a contrast of 4.5:1 or more on the grounds it is meant for.

    red, yellow and green are for shapes; words on their tinted ground take redt, yellowt, greent.
    ghost is for what is disabled and for “—” only, never for a hint.
    """

    frame: str  # top bar, places, status line
    surface: str  # grid, pane, fields
    head: str  # column headers
    hover: str  # the row under the mouse
    selectrow: str  # the row in hand
    select: str  # chosen place, set chip, menu item
    line: str  # hairlines
    line2: str  # borders of controls, scroll handle
    text: str  # figures, names
    text2: str  # secondary cells, labels
    text3: str  # units, hints
    ghost: str
    accent: str  # primary action, focus
    accent2: str  # words on accent tint, hover of the primary action
    onaccent: str  # words on the primary action
    red: str
    redt: str
    redbg: str
    yellow: str
    yellowt: str
    yellowbg: str
    green: str
    greent: str
    greenbg: str
    track: str  # ground of a progress bar
    bar: str  # actual
    bar2: str  # planned, being built
    tick: str  # where time stands
    paper: str  # behind the pages of a preview


LIGHT = Tokens(
    frame="#F3F5F6",
    surface="#FFFFFF",
    head="#F8F9FA",
    hover="#F2F6F7",
    selectrow="#EAF4F6",
    select="#E1EFF2",
    line="#E6EAEC",
    line2="#CDD5D9",
    text="#1B2226",
    text2="#49555D",
    text3="#5E6A72",
    ghost="#939EA5",
    accent="#0E6E7E",
    accent2="#0A5966",
    onaccent="#FFFFFF",
    red="#C53030",
    redt="#B02A2A",
    redbg="#FCEBEB",
    yellow="#B7791F",
    yellowt="#84560C",
    yellowbg="#FBF1DD",
    green="#2F855A",
    greent="#25714A",
    greenbg="#E7F3EC",
    track="#E4E9EB",
    bar="#3D8796",
    bar2="#B4D2D8",
    tick="#3A464D",
    paper="#DFE4E6",
)

DARK = Tokens(
    frame="#17191C",
    surface="#1E2225",
    head="#22272A",
    hover="#262C30",
    selectrow="#1A3239",
    select="#1B3B43",
    line="#2C3236",
    line2="#444D53",
    text="#E5E9EB",
    text2="#A8B3BA",
    text3="#8B979E",
    ghost="#69757C",
    accent="#5FB9C9",
    accent2="#7CCBD9",
    onaccent="#06262C",
    red="#E46A6A",
    redt="#F29A9A",
    redbg="#3A2325",
    yellow="#D9A441",
    yellowt="#E8C079",
    yellowbg="#352B18",
    green="#58B488",
    greent="#86CFA9",
    greenbg="#1C3026",
    track="#333A3F",
    bar="#4A9AA9",
    bar2="#2C5660",
    tick="#B8C3C9",
    paper="#121416",
)
