#!/bin/sh
# Installs the package of ./out in a fresh minimal Debian, uses it as a clerk would, upgrades and removes it.
# As root: sh installers/try_deb.sh [bullseye|bookworm|trixie]. Pictures and the printed report go to out/try-SUITE/.
# Needs: debootstrap xvfb x11-apps imagemagick
set -eu
suite=${1:-bookworm}
house=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
package=$(ls -t "$house"/out/laoxiao-desktop_*_amd64.deb | head -n 1)
seen=$house/out/try-$suite
work=$(mktemp -d)
root=$work/root
mkdir -p "$seen"
finish() {
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$work"
}
trap finish EXIT

# A line of the story, then the step itself.
say() { echo "── $suite: $*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_clerk() {
    chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/clerk LANG=C.UTF-8 DISPLAY="${DISPLAY:-}" "$@"
}
install_package() {
    cp "$1" "$root/tmp/package.deb"
    inside apt-get install -y -q --no-install-recommends /tmp/package.deb >"$seen/apt.log" 2>&1 || { tail -n 20 "$seen/apt.log"; exit 1; }
    rm "$root/tmp/package.deb"
    say "installed $(inside dpkg-query -W -f '${Version}, ${Installed-Size} kB' laoxiao-desktop)"
}

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
say "a minimal root"
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$seen/debootstrap.log" 2>&1 || { tail "$seen/debootstrap.log"; exit 1; }
mount -t proc proc "$root/proc"
inside apt-get update -q >/dev/null
inside useradd -m -u 1000 clerk

say "the version before: the same package under a lower number"
dpkg-deb -R "$package" "$work/older"
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/older/DEBIAN/control"
dpkg-deb --root-owner-group -Znone -b "$work/older" "$work/older.deb" >/dev/null
rm -rf "$work/older"
install_package "$work/older.deb"

say "a ledger and its report, without a screen"
as_clerk laoxiao-desktop demo --ledger /home/clerk/示例.laoxiao
as_clerk laoxiao-desktop report monthly --ledger /home/clerk/示例.laoxiao --out /home/clerk/report.pdf
head -c 5 "$root/home/clerk/report.pdf" | grep -q '^%PDF-'
cp "$root/home/clerk/report.pdf" "$seen/"

say "upgrade"
install_package "$package"
as_clerk laoxiao-desktop --version
as_clerk laoxiao-desktop verify --ledger /home/clerk/示例.laoxiao

say "the window"
as_clerk mkdir -p /home/clerk/.local/share/laoxiao
echo '{"person.name": "李晓梅", "person.unit": "西双版纳州发展改革委"}' >"$root/home/clerk/.local/share/laoxiao/settings.json"
chown 1000:1000 "$root/home/clerk/.local/share/laoxiao/settings.json"
Xvfb -displayfd 3 -screen 0 1366x768x24 3>"$work/display" 2>/dev/null &
screen=$!
sleep 2
DISPLAY=:$(cat "$work/display")
export DISPLAY
as_clerk timeout 25 laoxiao-desktop /home/clerk/示例.laoxiao >"$seen/window.log" 2>&1 &
window=$!
sleep 15
xwd -root -silent | convert xwd:- "$seen/window.png"
status=0
wait "$window" || status=$?
[ "$status" = 124 ] || { echo "the window closed by itself ($status)"; cat "$seen/window.log"; exit 1; }
[ "$(convert "$seen/window.png" -unique-colors -format '%w' info:)" -gt 50 ] || { echo "the picture is empty"; exit 1; }

say "removal: the person's ledger stays, nothing of the program does"
inside apt-get purge -y -q laoxiao-desktop >>"$seen/apt.log" 2>&1
[ -s "$root/home/clerk/示例.laoxiao" ]
left=$(find "$root" -xdev -iname '*laoxiao*' -not -path "$root/home/*" -not -path "$root/proc/*" -not -path "$root/tmp/*")
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
say "all well"
