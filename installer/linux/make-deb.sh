#!/usr/bin/env bash
# Pack dist/tcf-desktop, made by "python3 dev.py package", as a Debian package.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' tcf_desktop/__init__.py)
architecture=$(dpkg --print-architecture)
stage=build/deb
depends=$(python3 - <<'PY'
import dev

print(", ".join([*dev.QT_LIBRARIES.values(), *dev.X11_LIBRARIES.values()]))
PY
)
rm -rf "$stage"
mkdir -p "$stage/DEBIAN" "$stage/opt" "$stage/usr/bin" "$stage/usr/share/applications"
cp -a dist/tcf-desktop "$stage/opt/"
ln -s /opt/tcf-desktop/tcf-desktop "$stage/usr/bin/tcf-desktop"
cp installer/linux/tcf-desktop.desktop "$stage/usr/share/applications/"
cat > "$stage/DEBIAN/control" <<CONTROL
Package: tcf-desktop
Version: $version
Architecture: $architecture
Maintainer: The TCF Desktop authors <noreply@invalid>
Section: misc
Priority: optional
Depends: $depends
Description: Office program for small service businesses
 Customers, schedule, invoices and crews, kept on this computer.
CONTROL
dpkg-deb --root-owner-group --build "$stage" "dist/tcf-desktop_${version}_${architecture}.deb"
