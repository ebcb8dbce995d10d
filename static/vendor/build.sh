#!/bin/sh
# Remakes this folder from its published sources. Only maintainers run it; it needs Node and Python.
# What it writes is committed, so that nobody else needs either.
set -eu
VERSION=10.6.1
HERE=$(cd "$(dirname "$0")" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts \
  nhsuk-frontend@$VERSION sass@1.108.2 @fontsource/atkinson-hyperlegible-next@5.3.0 dejavu-fonts-ttf@2.37.3 >/dev/null

cp "$HERE/nhsuk.scss" .
mkdir -p "$HERE/nhsuk/images" "$HERE/fonts"
npx sass --style=compressed --no-source-map --quiet-deps --load-path=node_modules nhsuk.scss "$HERE/nhsuk/nhsuk-$VERSION.min.css"
DIST=node_modules/nhsuk-frontend/dist/nhsuk
sed 's/^\/\/# sourceMappingURL.*//' "$DIST/nhsuk-frontend-$VERSION.min.js" >"$HERE/nhsuk/nhsuk-$VERSION.min.js"
for icon in arrow-down arrow-up arrow-up-circle arrow-up-down cross; do
  cp "$DIST/assets/images/nhsuk-icon-$icon.svg" "$HERE/nhsuk/images/"
done
FONT=node_modules/@fontsource/atkinson-hyperlegible-next
for style in 400-normal 400-italic 700-normal; do
  cp "$FONT/files/atkinson-hyperlegible-next-latin-$style.woff2" "$HERE/fonts/"
done
cp "$FONT/LICENSE" "$HERE/fonts/LICENSE"

# On paper, for letters that our typeface lacks: Polish, Greek, Cyrillic, Arabic, Hebrew and many signs.
mkdir -p "$HERE/dejavu"
cp node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf "$HERE/dejavu/"
cp node_modules/dejavu-fonts-ttf/LICENSE "$HERE/dejavu/LICENSE"

# The PDF writer reads TTF only.
python3 -m venv venv
venv/bin/pip -q install fonttools brotli
for font in "$HERE"/fonts/*-normal.woff2; do
  venv/bin/python -c 'import sys; from fontTools.ttLib import TTFont; f = TTFont(sys.argv[1]); f.flavor = None; f.save(sys.argv[2])' \
    "$font" "${font%.woff2}.ttf"
done

if grep -qE 'assets\.nhs\.uk|Frutiger' "$HERE"/nhsuk/*.css; then
  echo "the NHS typeface or its host is in the style sheet" >&2
  exit 1
fi
cd "$HERE"
find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
