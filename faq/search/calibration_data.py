"""Made by bench/calibrate.py; see docs/search.md."""

from faq.search.calibration import Calibration, PlattScale

LEXICAL = Calibration(
    right=PlattScale((
        -0.5729, -0.6142, 1.7508, 0.6728, -0.0054, 0.2934, -0.0932,
        0.0522, 1.4827, -0.1122, -1.5826, 0.3033, -0.1863, 0.0172, 0.3482,
    ), 0.1304),
    offer=PlattScale((
        -0.1518, -0.815, 1.4098, 1.0864, -0.05, 0.2901, -0.0383,
        0.1358, 1.2658, -0.0956, -1.2738, 0.0493, -0.1752, -0.0382, 0.2638,
    ), -0.1264),
)  # fmt: skip
"""Where the words alone decided."""
COMBINED = Calibration(
    right=PlattScale((
        -0.3742, -0.189, 1.756, 0.0223, -0.0404, 0.0948, -0.1,
        0.1408, 0.7107, 0.1069, -1.4255, 0.159, -0.1504, -0.0254, 0.4467,
    ), 1.0336),
    offer=PlattScale((
        -0.1115, -0.6813, 1.1936, 0.7938, -0.0178, 0.1907, 0.029,
        0.7276, 0.7522, 0.4794, -1.14, -0.1754, -0.1409, -0.1871, 0.3428,
    ), -0.1306),
)  # fmt: skip
"""Where the sentence was looked at too."""
