"""Made by bench/calibrate.py; see docs/search.md."""

from faq.search.calibration import Calibration, PlattScale

LEXICAL = Calibration(
    right=PlattScale((
        -0.4883, -0.6547, 1.6303, 0.7722, 0.0088, 0.283, -0.0849,
        0.344, 1.4479, -0.1694, -1.5568, 0.3913, -0.2575, 0.0779, 0.4336,
    ), -0.4064),
    offer=PlattScale((
        -0.2147, -0.792, 1.4689, 0.7115, -0.0118, 0.2366, -0.1265,
        0.2899, 1.1636, -0.2444, -1.1005, 0.4457, -0.2143, 0.0903, 0.344,
    ), -0.0281),
)  # fmt: skip
"""Where the words alone decided."""
COMBINED = Calibration(
    right=PlattScale((
        -0.6041, -0.2673, 2.052, -0.1053, 0.0287, 0.1198, -0.1935,
        0.7443, 0.7512, 0.2735, -1.405, -0.0188, -0.0569, -0.1072, 0.3097,
    ), 1.0644),
    offer=PlattScale((
        0.0233, -0.4781, 1.3318, 0.3542, -0.0077, 0.0583, -0.1584,
        1.1269, 0.4971, 0.4084, -0.9623, -0.0636, -0.0878, -0.1123, 0.3026,
    ), 0.1599),
)  # fmt: skip
"""Where the sentence was looked at too."""
