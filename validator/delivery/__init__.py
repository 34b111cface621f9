"""Log delivery: from where, to where, through whom, and what must hold for it to work."""

from validator.delivery.deliveries import Delivery, all_unjudged, deliveries, unjudged
from validator.delivery.needs import Need, State

__all__ = ["Delivery", "Need", "State", "all_unjudged", "deliveries", "unjudged"]
