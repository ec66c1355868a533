"""Which of the two sectors, 养老 or 托育, words speak of."""

import re

ELDERLY = "养老"
CHILDCARE = "托育"

_CHILDCARE_WORDS = re.compile(
    r"托育|托位|托幼|婴幼儿|幼儿|新生儿|儿童|育儿|幼托|母婴|入托|育婴|保育|免疫规划|托儿|早教|孕产"
)
_ELDERLY_WORDS = re.compile(
    r"养老|老年|老人|敬老|特困|失能|医养|护理|康养|适老|日间照料|福利院|居家|老龄|安宁疗护|高龄|床位|医疗保险|社会工作者|社工|预期寿命|助餐|食堂"
)


def sector_of(*texts: str | None) -> str | None:
    """The sector that the first telling text names; None when it names both or neither."""
    for text in texts:
        if not text:
            continue
        is_childcare = CHILDCARE in text or bool(_CHILDCARE_WORDS.search(text))
        is_elderly = ELDERLY in text or bool(_ELDERLY_WORDS.search(text))
        if is_childcare != is_elderly:
            return CHILDCARE if is_childcare else ELDERLY
    return None
