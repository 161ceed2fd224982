"""For the HTTP processes of a large installation (granian)."""

import os

from django.core.wsgi import get_wsgi_application

from hub.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.config.settings")
application = get_wsgi_application()
settle()
