"""The one line of script that stands in a page itself; the content security policy knows it by its hash."""

import base64
import hashlib

from markupsafe import Markup

# The design system hides and shows parts only below these two classes, and must find them before it draws.
EARLY_SCRIPT = Markup('document.body.classList.add("js-enabled", "nhsuk-frontend-supported");')
EARLY_SCRIPT_HASH = base64.b64encode(hashlib.sha256(EARLY_SCRIPT.encode()).digest()).decode()
