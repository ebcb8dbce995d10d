"""The edge that all pages share: templates, error pages, security headers, forms, the one reader of JSON."""

from careplan.web.templating import page

__all__ = ["page"]
