"""Settings: read once from the environment, frozen, and refused as a whole with every wrong value named."""

from careplan.config.settings import BadSettings, Messages, Settings, load_settings

__all__ = ["BadSettings", "Messages", "Settings", "load_settings"]
