"""Pictures and recordings: cleaned, stored privately under random names, shown through signed addresses."""

from bot.photos.addresses import Addresses as Addresses, Shown as Shown, ShownMap as ShownMap
from bot.photos.cleaning import Cleaned as Cleaned, PhotoRefused as PhotoRefused, clean as clean
from bot.photos.folder import Folder as Folder
