"""What was compared: a recipe's settings with their defaults, and three groups of experiments that change some.

A name's leading number is the seconds of training on two cores that its steps stand for; larger networks get fewer
steps, so that they cost as much. Each group was chosen after the results of the one before.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Named like those of docs/training.md where they mean the same."""

    seed: int = 1
    steps: int = 1900
    batch: int = 256

    stem_stride: int = 2  # 2: kernels of 4x4; 1: of 3x3
    stem_patterns: int = 16  # each with both signs, so half the stem's filters
    widths: tuple = (32, 64, 128)
    blocks: tuple = (1, 1, 1)
    pools: tuple | None = None  # for each stage but the first, whether it begins by halving; None: all do
    pool_last_row: bool = False  # whether halving seven rows makes four instead of three
    head: str = "max"  # over places; or "average", or "both"

    optimizer: str = "muon"  # or "sgd"
    learning_rate: float = 0.375
    muon_rate: float = 0.12
    muon_momentum: float = 0.6
    momentum: float = 0.9
    weight_decay: float = 0.00133
    bias_rate: float = 16
    warmup: float = 0.23
    final_rate: float = 0.03
    cosine: bool = False
    ema: float = 0  # what an average of the weights keeps at each step; 0: there is none

    shift: int = 0
    erase: float = 0
    largest_hole: int = 12
    rotation: float = 0  # degrees
    zoom: float = 0
    brightness: float = 0
    cutmix: float = 0  # share of the batches
    plain_end: float = 0
    hard_share: float = 1
    easy_share: float = 0

    label_smoothing: float = 0.1
    dropout: float = 0
    block_dropout: float = 0  # share of a batch's images for which a block is skipped
    teacher: str | None = None  # the experiment of the same group to learn from
    teacher_share: float = 0.5


def variations(seeds, common, experiments):
    """(name, settings) of each experiment and seed; an experiment says what it changes of what is common."""
    return [
        (name, Settings(seed=seed, **{**common, **changes})) for name, changes in experiments.items() for seed in seeds
    ]


MID, BASE = (48, 96, 192), (64, 128, 256)
HARDEST = dict(hard_share=0.5, easy_share=0.2)
FEWEST = dict(hard_share=0.33, easy_share=0.1)
SGD = dict(optimizer="sgd", momentum=0.85, final_rate=0.01)

# First: Muon or SGD, and what to change of either, for a minute; augmentation for ten minutes.
MINUTE = dict(steps=1950, plain_end=0.25, shift=1, **HARDEST)
FIRST_MINUTE = {
    "60 now: sgd": SGD,
    "60 muon s1 .5/.2": {},
    "60 muon s0 .33/.1": dict(FEWEST, shift=0, plain_end=0),
    "60 muon s1 .33/.1": FEWEST,
    "60 muon s1 all": dict(hard_share=1),
    "60 M ls.05": dict(label_smoothing=0.05),
    "60 M ls.2": dict(label_smoothing=0.2),
    "60 M ema.99": dict(ema=0.99),
    "60 M rate.24": dict(muon_rate=0.24),
    "60 M rate.06": dict(muon_rate=0.06),
    "60 M muonmom.8": dict(muon_momentum=0.8),
    "60 M final0": dict(final_rate=0),
    "60 M cosine": dict(cosine=True, final_rate=0),
    "60 M B128 2x": dict(batch=128, steps=3900),
    "60 M B512 .5x": dict(batch=512, steps=975),
    "60 M mid": dict(widths=MID, steps=1250),
    "60 M base": dict(widths=BASE, steps=720),
    "60 M warm.1": dict(warmup=0.1),
    "60 M bias4": dict(bias_rate=4),
    "60 M lr.2": dict(learning_rate=0.2),
    "60 M bright.1": dict(brightness=0.1),
    "60 M erase.2": dict(erase=0.2),
    "60 M s0 .5/.2": dict(shift=0),
    "60 M pe.5": dict(plain_end=0.5),
    "60 M [32,64,192]": dict(widths=(32, 64, 192), steps=1700),
}
TEN_MINUTES = dict(widths=BASE, steps=7500, shift=1, erase=0.4, plain_end=0.15)
FIRST_TEN_MINUTES = {
    "600 base sgd": SGD,
    "600 base M ema.998": dict(ema=0.998),
    "600 base M hard": HARDEST,
    "600 base M cutmix.5": dict(cutmix=0.5),
    "600 base M rot10 zoom.1": dict(rotation=10, zoom=0.1),
    "600 base M s2 erase.6 4-16": dict(shift=2, erase=0.6, largest_hole=16),
    "600 base M drop.2 pd.1": dict(dropout=0.2, block_dropout=0.1),
    "600 base M ls.05": dict(label_smoothing=0.05),
    "600 base M bright.2": dict(brightness=0.2),
    "600 small M": dict(widths=(32, 64, 128), steps=20000),
    "600 small M distil.9": dict(widths=(32, 64, 128), steps=12000, teacher="teacherB muon", teacher_share=0.9),
    "600 mid M": dict(widths=MID, steps=11500),
}

# Second: the networks, at one long schedule by SGD (L); and again the minute, and half of one.
LONG = dict(SGD, steps=8000, shift=2, erase=0.5, plain_end=0)
FULL_SIZE_STEM = dict(stem_stride=1, stem_patterns=9)
SECOND_LONG = {
    "L ref": {},
    "L ref base": dict(widths=BASE),
    "L pe.15": dict(plain_end=0.15),
    "L shift1": dict(shift=1),
    "L shift3": dict(shift=3),
    "L no erase": dict(erase=0),
    "L ema.999": dict(ema=0.999),
    "L wd x3": dict(weight_decay=0.004),
    "L wd /3": dict(weight_decay=0.00045),
    "L muon.06": dict(optimizer="muon", muon_rate=0.06, momentum=0.9),
    "L muon.12": dict(optimizer="muon", momentum=0.9),
    "L B512 lr.75 4000": dict(batch=512, learning_rate=0.75, steps=4000),
    "L [2,2,2]": dict(blocks=(2, 2, 2)),
    "L [3,3,3]": dict(blocks=(3, 3, 3)),
    "L [1,2,3]": dict(blocks=(1, 2, 3)),
    "L ceil": dict(pool_last_row=True),
    "L avg": dict(head="average"),
    "L both": dict(head="both"),
    "L pools 14-7-7": dict(pools=(True, False)),
    "L res28 16-32-64 [3,3,3]": dict(FULL_SIZE_STEM, widths=(16, 32, 64), blocks=(3, 3, 3)),
    "L res28 16-32-64-128 [1,1,1,1]": dict(FULL_SIZE_STEM, widths=(16, 32, 64, 128), blocks=(1, 1, 1, 1)),
    "L cutmix.5": dict(cutmix=0.5),
    "L ls.05": dict(label_smoothing=0.05),
    "L hard.5/.2": HARDEST,
    "L base wd x3": dict(widths=BASE, weight_decay=0.004),
}
SECOND_MINUTE = {
    "60 sgd all": dict(hard_share=1),
    "60 sgd B512 lr.75": dict(batch=512, learning_rate=0.75, steps=975),
    "60 sgd ema.99": dict(ema=0.99),
    "60 sgd ls.05": dict(label_smoothing=0.05),
    "60 sgd lr.25": dict(learning_rate=0.25),
    "60 sgd base 720": dict(widths=BASE, steps=720),
    "60 sgd ceil 1700": dict(pool_last_row=True, steps=1700),
    "60 muon.06 B512": dict(optimizer="muon", muon_rate=0.06, momentum=0.9, batch=512, steps=975),
    "30 muon.06 s1 .5/.2": dict(optimizer="muon", muon_rate=0.06, momentum=0.9, steps=850),
    "30 muon.12 s1 .5/.2 B512": dict(optimizer="muon", muon_rate=0.12, momentum=0.9, steps=425, batch=512),
    "30 sgd s1 .5/.2": dict(steps=850),
    "30 muon.06 s0 .5/.2": dict(optimizer="muon", muon_rate=0.06, momentum=0.9, steps=850, shift=0),
}

# Third: networks whose first stage works at the image's full size, for budgets up to that of a teacher (R) and of P.
FULL_SIZE = dict(SGD, learning_rate=0.25, stem_stride=1, stem_patterns=8, widths=(16, 32, 64, 128), blocks=(0, 1, 1, 1))
FULL_SIZE_BASE = (32, 64, 128, 256)
MUON = dict(optimizer="muon", momentum=0.9, final_rate=0.03)
FULL_SIZE_MINUTE = dict(FULL_SIZE, steps=1400, plain_end=0.25, shift=1, **HARDEST)
THIRD_MINUTE = {
    "60 sgd": {},
    "60 wd.0005": dict(weight_decay=0.0005),
    "60 wd.0005 lr.375": dict(weight_decay=0.0005, learning_rate=0.375),
    "60 B512 lr.5": dict(batch=512, learning_rate=0.5, steps=700),
    "60 muon.06": dict(MUON, muon_rate=0.06),
    "60 muon.12": MUON,
    "60 [1,1,1,1] 1200": dict(steps=1200, blocks=(1, 1, 1, 1)),
    "60 base 600": dict(steps=600, widths=FULL_SIZE_BASE),
    "30 sgd": dict(steps=680),
    "30 muon.12 s0 .33/.1": dict(MUON, **FEWEST, steps=680, shift=0),
    "30 muon.12 s1 .5/.2": dict(MUON, steps=680),
    "30 sgd s0": dict(steps=680, shift=0),
}
THREE_MINUTES = dict(FULL_SIZE_MINUTE, steps=4470, weight_decay=0.0005)
THIRD_THREE_MINUTES = {
    "180 small": {},
    "180 small all": dict(hard_share=1),
    "180 small erase.3": dict(erase=0.3),
    "180 base 1890": dict(widths=FULL_SIZE_BASE, steps=1890),
}
P = dict(FULL_SIZE, steps=10000, plain_end=0.15, shift=1, erase=0.4, weight_decay=0.0005)
R = dict(P, widths=FULL_SIZE_BASE, steps=5000)
THIRD_P = {
    "P": {},
    "P hard": HARDEST,
    "P [1,1,1,1]": dict(blocks=(1, 1, 1, 1), steps=8400),
    "P erase0": dict(erase=0),
    "P distil.9 5000": dict(steps=5000, teacher="teacher R", teacher_share=0.9),
    "P wd.00133": dict(weight_decay=0.00133),
}
THIRD_R = {
    "teacher R": {},
    "R hard": HARDEST,
    "R wd.00133": dict(weight_decay=0.00133),
    "R erase0": dict(erase=0),
    "R shift2": dict(shift=2),
    "R lr.12": dict(learning_rate=0.12),
    "R [1,1,1,1] 4100": dict(blocks=(1, 1, 1, 1), steps=4100),
    "R [0,2,2,2] 3900": dict(blocks=(0, 2, 2, 2), steps=3900),
    "R pe.3": dict(plain_end=0.3),
    "R muon.06": dict(MUON, muon_rate=0.06),
    "R B512 lr.5 2500": dict(batch=512, learning_rate=0.5, steps=2500),
    "R ema.998": dict(ema=0.998),
    "R drop.2": dict(dropout=0.2),
    "R avg": dict(head="average"),
}

GROUPS = {
    "first": [
        *variations([1, 2, 3], MINUTE, FIRST_MINUTE),
        *variations([1], TEN_MINUTES, {"teacherB muon": {}}),
        *variations([1, 2], TEN_MINUTES, FIRST_TEN_MINUTES),
    ],
    "second": [
        *variations([1], LONG, SECOND_LONG),
        *variations([1, 2, 3], dict(MINUTE, **SGD), SECOND_MINUTE),
        *variations([1, 2, 3], FEWEST, {"30 now": dict(steps=850)}),
    ],
    "third": [
        *variations([1], R, THIRD_R),
        *variations([1], P, THIRD_P),
        *variations([1, 2, 3], FULL_SIZE_MINUTE, THIRD_MINUTE),
        *variations([1, 2], THREE_MINUTES, THIRD_THREE_MINUTES),
    ],
}
