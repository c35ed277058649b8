"""The application that a web server loads; without further settings, the production one."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from cms.bytecache.site import with_stored_answers
from communication.delivery.unlisted_copies import unlist_copies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = unlist_copies(with_stored_answers(get_wsgi_application()))

# what is loaded stays: the collector of garbage need not look at all of it again and again
gc.collect()
gc.freeze()
