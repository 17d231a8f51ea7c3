"""The explorer: a static site made with each release (总览、报告、单位、地区、项目、指标、规则).

It opens from disk and from any web server, needs no network, and loads its data by part, so that
ten thousand reports open as fast as ten. Every figure is a button that shows its receipt: the page
as an image, the cell framed, the text as printed.

:func:`build_site` is the one entry; it reads a finished warehouse file and writes a folder.
"""

from orchestration.publishing.site.build import SiteResult, build_site

__all__ = ["SiteResult", "build_site"]
