"""Made by bench/calibrate.py; see docs/search.md."""

from faq.search.calibration import Calibration, PlattScale

LEXICAL = Calibration(
    right=PlattScale((
        0.637, -0.9958, 0.8333, 3.1268, -0.1681, 0.3573, 0.0468,
        7.0013, 0.0984, 0.5603, -0.4126, -2.4697, -0.1496, -0.111, 0.2062,
    ), -7.1294),
    offer=PlattScale((
        0.9209, -0.6231, 0.4406, 2.7006, -0.0971, 0.0512, -0.0222,
        6.148, -0.1179, 0.2367, -0.0517, -2.0836, -0.1782, 0.0614, 0.2038,
    ), -5.9565),
)  # fmt: skip
"""Where the words alone decided."""
COMBINED = Calibration(
    right=PlattScale((
        0.7552, -0.689, 0.3115, 1.9234, -0.2664, 0.2582, 0.2793,
        4.1326, -0.1318, 0.5083, 0.0375, -1.2867, 0.0128, -0.1342, -0.0479,
    ), -4.6001),
    offer=PlattScale((
        0.6995, -0.4517, -0.0377, 1.9372, -0.0759, 0.0149, 0.2096,
        4.1389, -0.227, 0.2565, 0.2694, -1.1824, -0.0005, -0.0047, -0.043,
    ), -4.4581),
)  # fmt: skip
"""Where the sentence was looked at too."""
