"""Icons, fonts, translations and templates, installed as ``tcf_desktop.resources``."""
