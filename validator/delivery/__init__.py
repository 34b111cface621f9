"""Log delivery: from where, to where, through whom, and what must hold for it to work."""

from validator.delivery.deliveries import Delivery, deliveries
from validator.delivery.needs import Need, State

__all__ = ["Delivery", "Need", "State", "deliveries"]
