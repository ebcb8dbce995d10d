"""The edge that all pages share: templates, error pages, security headers, forms, the one reader of JSON."""

from careplan.web.errors import register_error_writer
from careplan.web.reading import checked, json_body
from careplan.web.templating import page

__all__ = ["checked", "json_body", "page", "register_error_writer"]
