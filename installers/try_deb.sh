#!/bin/sh
# Installs the package of ./out in a fresh minimal Debian or Ubuntu, uses it as a clerk would, upgrades and removes it.
# As root: sh installers/try_deb.sh SUITE [OLDER.deb [ARCHITECTURE]]
#   SUITE         bullseye, bookworm, trixie; for one of Ubuntu (noble …) LAOXIAO_UBUNTU names the mirror
#   OLDER.deb     the version before, whose ledger the new one must open; without it (or with "") the same package under a lower number
#   ARCHITECTURE  arm64 runs under qemu-user-static with its binfmt registered, some eight times slower
# Pictures and the printed report go to out/try-SUITE-ARCHITECTURE/. Needs: debootstrap xvfb x11-apps imagemagick python3
set -eu
suite=${1:-bookworm}
house=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
older=${2:-}
arch=${3:-$(dpkg --print-architecture)}
package=$(ls -t "$house"/out/laoxiao-desktop_*_"$arch".deb | head -n 1)
[ "$arch" = "$(dpkg --print-architecture)" ] && patience=25 || patience=90
seen=$house/out/try-$suite-$arch
work=$(mktemp -d)
root=$work/root
ledger=/home/clerk/示例.laoxiao
mkdir -p "$seen"
finish() {
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$work"
}
trap finish EXIT

# A line of the story, then the step itself.
say() { echo "── $suite $arch: $*"; }
fail() { echo "── $suite $arch: FAILED: $*"; exit 1; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_clerk() {
    chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/clerk LANG=C.UTF-8 DISPLAY="${DISPLAY:-}" "$@"
}
install_package() {
    cp "$1" "$root/tmp/package.deb"
    inside apt-get install -y -q --no-install-recommends --allow-downgrades /tmp/package.deb >"$seen/apt.log" 2>&1 || { tail -n 20 "$seen/apt.log"; exit 1; }
    rm "$root/tmp/package.deb"
    say "installed $(inside dpkg-query -W -f '${Version}, ${Installed-Size} kB' laoxiao-desktop)"
}
schema() { python3 -c 'import sqlite3, sys; print(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("pragma user_version").fetchone()[0])' "$root$ledger"; }
# The window for some seconds with what is opened, and its picture under a name.
look() {
    as_clerk timeout $((patience + 10)) laoxiao-desktop "$2" >"$seen/window.log" 2>&1 &
    window=$!
    sleep "$patience"
    xwd -root -silent | convert xwd:- "$seen/$1.png"
    status=0
    wait "$window" || status=$?
    [ "$status" = 124 ] || { cat "$seen/window.log"; fail "the window closed by itself ($status)"; }
    [ "$(convert "$seen/$1.png" -format '%k' info:)" -gt 50 ] || fail "the picture $1 is empty"
}

case $suite in
bullseye | bookworm | trixie | forky | sid) components=main mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep /debian | grep -v security | head -n 1) script= ;;
*) components=main,universe mirror=${LAOXIAO_UBUNTU:?the address of an Ubuntu mirror} script=gutsy ;; # as every Ubuntu since, also those that an older debootstrap does not know
esac
say "a minimal root"
debootstrap --arch="$arch" --variant=minbase --components="$components" ${LAOXIAO_DEBOOTSTRAP:-} "$suite" "$root" "$mirror" $script >"$seen/debootstrap.log" 2>&1 || { tail "$seen/debootstrap.log"; exit 1; }
mount -t proc proc "$root/proc"
inside apt-get update -q >/dev/null
inside userdel -r ubuntu 2>/dev/null || true
inside useradd -m -u 1000 clerk

if [ -z "$older" ]; then
    say "the version before: the same package under a lower number"
    dpkg-deb -R "$package" "$work/older"
    sed -i 's/^Version: .*/Version: 0.0.1/' "$work/older/DEBIAN/control"
    dpkg-deb --root-owner-group -Znone -b "$work/older" "$work/older.deb" >/dev/null
    rm -rf "$work/older"
    older=$work/older.deb
fi
install_package "$older"

say "a ledger of the version before and its report, without a screen"
as_clerk laoxiao-desktop --version
as_clerk laoxiao-desktop demo --ledger "$ledger"
as_clerk laoxiao-desktop report monthly --ledger "$ledger" --out /home/clerk/before.pdf
before=$(schema)

say "upgrade"
install_package "$package"
as_clerk laoxiao-desktop --version
as_clerk laoxiao-desktop verify --ledger "$ledger"
project=$(as_clerk laoxiao-desktop list projects --ledger "$ledger" --json | sed -n 's/.*"uid": "\(.*\)".*/\1/p' | head -n 1)
as_clerk laoxiao-desktop set project "$project" total_investment=9000万 --ledger "$ledger" --as 李晓梅@发改委
after=$(schema)
say "the ledger was of form $before, is now of form $after"
as_clerk laoxiao-desktop backup --ledger "$ledger"
as_clerk laoxiao-desktop verify --ledger "$ledger"
as_clerk laoxiao-desktop report monthly --ledger "$ledger" --out /home/clerk/report.pdf
head -c 5 "$root/home/clerk/report.pdf" | grep -q '^%PDF-' || fail "the report is no PDF"
cp "$root/home/clerk/report.pdf" "$seen/"

say "the window"
as_clerk mkdir -p /home/clerk/.local/share/laoxiao
echo '{"person.name": "李晓梅", "person.unit": "西双版纳州发展改革委"}' >"$root/home/clerk/.local/share/laoxiao/settings.json"
chown 1000:1000 "$root/home/clerk/.local/share/laoxiao/settings.json"
Xvfb -displayfd 3 -screen 0 1366x768x24 3>"$work/display" 2>/dev/null &
screen=$!
sleep 2
DISPLAY=:$(cat "$work/display")
export DISPLAY
look window "$ledger"

if [ "$before" != "$after" ]; then
    say "the older program and the newer ledger"
    install_package "$older"
    as_clerk laoxiao-desktop list projects --ledger "$ledger" | tail -n 1
    ! as_clerk laoxiao-desktop set project "$project" total_investment=9500万 --ledger "$ledger" --as 李晓梅@发改委 || fail "the older program wrote"
    [ "$(schema)" = "$after" ] || fail "the older program changed the ledger's form"
    install_package "$package"
fi

say "double click"
inside apt-get install -y -q --no-install-recommends shared-mime-info desktop-file-utils xdg-utils libfile-mimeinfo-perl >>"$seen/apt.log" 2>&1
inside desktop-file-validate /usr/share/applications/laoxiao-desktop.desktop
as_clerk laoxiao-desktop package give --ledger "$ledger" --to 景洪市民政局 --as 李晓梅@发改委 --out /home/clerk/数据.lxp
for pair in "$ledger application/x-laoxiao-ledger" "/home/clerk/数据.lxp application/x-laoxiao-package"; do
    file=${pair% *} kind=${pair#* }
    [ "$(as_clerk xdg-mime query filetype "$file")" = "$kind" ] || fail "$file is taken for $(as_clerk xdg-mime query filetype "$file")"
    [ "$(as_clerk xdg-mime query default "$kind")" = laoxiao-desktop.desktop ] || fail "$kind is opened by $(as_clerk xdg-mime query default "$kind")"
    say "$file is $kind, opened by laoxiao-desktop"
done
look package /home/clerk/数据.lxp

say "removal: the person's ledger stays, nothing of the program does"
inside apt-get purge -y -q laoxiao-desktop >>"$seen/apt.log" 2>&1
[ -s "$root$ledger" ] || fail "the ledger is gone"
left=$(find "$root" -xdev -iname '*laoxiao*' -not -path "$root/home/*" -not -path "$root/proc/*" -not -path "$root/tmp/*")
[ -z "$left" ] || fail "left behind: $left"
grep -rl laoxiao "$root/usr/share/applications" "$root/usr/share/mime" && fail "still known to the desktop" || true
say "all well"
