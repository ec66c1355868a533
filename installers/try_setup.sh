#!/bin/sh
# Installs the set-up of ./out under wine and uses it as a clerk would: the version before, work, upgrade, removal.
#   sh installers/try_setup.sh      after `sh run.sh setup`; pictures and what was printed go to out/try-setup/
# Needs (Debian 12): wine wine64 xvfb openbox xdotool imagemagick locales nsis gcc-mingw-w64-x86-64-win32
#
# Conditions of the test only, which no Windows needs and nothing ships:
#   - wine 8 calls itself Windows 7 until it is told to be Windows 10;
#   - it has no Chinese font and no Windows.UI.ViewManagement.UISettings: our own font and windows/wine_uisettings.c stand in;
#   - it looks for kinds of files under HKEY_LOCAL_MACHINE alone: what the set-up wrote for the person is copied there;
#   - a Unix file as standard output cannot be asked what it is there, so what programs print goes through pipes.
# What wine cannot tell: SmartScreen and antivirus, printing, input methods, high DPI, Explorer itself.
set -eu
house=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
setup=$(ls -t "$house"/out/laoxiao-desktop_*_setup.exe | head -n 1)
version=$(basename "$setup" | cut -d_ -f2)
tree=$house/build/setup/tree
seen=$house/out/try-setup
work=$(mktemp -d)
# A Windows that speaks Chinese, code page 936.
mkdir "$work/locale"
localedef -i zh_CN -f UTF-8 "$work/locale/zh_CN.UTF-8"
mkdir -p "$HOME"  # wine wants it
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=' WINEARCH=win64 LOCPATH="$work/locale" LC_ALL=zh_CN.UTF-8
drive=$WINEPREFIX/drive_c
# A name outside ASCII, with a space: what a person of this country has.
person='C:\users\李 晓梅'
home=$drive/users/李\ 晓梅
place="$person"'\AppData\Local\Programs\LaoxiaoDesktop'
installed=$home/AppData/Local/Programs/LaoxiaoDesktop
link="$home/AppData/Roaming/开始菜单/一老一小项目台账.lnk"
tests='tests/models tests/ui/test_shell_parts.py tests/ui/test_record_fields.py tests/ui/test_grid_table.py'
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\LaoxiaoDesktop'
rm -rf "$seen"
mkdir -p "$seen"

finish() {
    [ "$?" = 0 ] || echo "stopped at: ${step:-the start}" >&2
    wineserver -k 2>/dev/null || true
    for job in ${manager:-} ${screen:-}; do kill "$job" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

# A line of the story; the end of it when something is wrong; a picture.
say() {
    step=$*
    echo "── $step"
}
wrong() {
    echo "wrong: $*" >&2
    picture wrong
    exit 1
}
picture() { import -window root "$seen/$1.png"; }
# A program of Windows, its words through a pipe.
windows() {
    { wine "$@" 2>&1 </dev/null && echo 0 >"$work/status" || echo 1 >"$work/status"; } | cat
    return "$(cat "$work/status")"
}
laoxiao() { windows "$place\\laoxiao.exe" "$@"; }
# Waits until a window with that title is there (or, with `no`, gone), at most two minutes.
await() {
    for _ in $(seq 240); do
        if xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; then there=yes; else there=no; fi
        [ "$there" = "${2:-yes}" ] && { sleep 1; return 0; }
        sleep 0.5
    done
    wrong "no window “$1” (${2:-yes})"
}
# Waits until the folder is gone, at most two minutes; the uninstaller works on as a copy of itself.
vanish() {
    for _ in $(seq 240); do
        [ -e "$1" ] || return 0
        sleep 0.5
    done
    wrong "left behind in $1: $(ls "$1")"
}
press() { xdotool key --clearmodifiers "$@"; sleep 1.5; }
# Closes the program as a person does, and answers nothing: it never asks.
close_program() {
    windows taskkill /im laoxiao-desktop.exe >/dev/null || true
    for _ in $(seq 120); do
        windows tasklist 2>/dev/null | grep -q laoxiao-desktop.exe || return 0
        sleep 0.5
    done
    wrong "the program does not close"
}
# What the set-up says of double clicks, laid where wine looks.
let_wine_know() {
    for class in .laoxiao .lxp Laoxiao.Ledger Laoxiao.Package; do
        wine regedit /E 'C:\class.reg' "HKEY_CURRENT_USER\\Software\\Classes\\$class"
        iconv -f utf-16 -t utf-8 "$drive/class.reg" | sed 's/HKEY_CURRENT_USER/HKEY_LOCAL_MACHINE/' | iconv -f utf-8 -t utf-16 >"$drive/class2.reg"
        wine regedit /S 'C:\class2.reg'
    done
}
registered() { windows reg query "$1" /ve 2>/dev/null | grep -q "$2"; }

say "a fresh Windows 10"
Xvfb -displayfd 3 -screen 0 1366x768x24 3>"$work/display" 2>/dev/null &
screen=$!
sleep 2
DISPLAY=:$(cat "$work/display")
export DISPLAY
openbox 2>/dev/null &
manager=$!
wineboot -i >/dev/null 2>&1
wine winecfg -v win10
mkdir -p "$home/AppData/Local" "$home/AppData/Roaming/开始菜单" "$home/桌面"
cp "$house/resources/fonts/LaoxiaoSans-Regular.ttf" "$drive/windows/Fonts/"
x86_64-w64-mingw32-gcc -O1 -s -Wall -shared -o "$drive/windows/system32/windows.ui.dll" "$house/installers/windows/wine_uisettings.c"
cat >"$work/settings.reg" <<'SETTINGS'
Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements]
"宋体"="Laoxiao Sans"
"SimSun"="Laoxiao Sans"
"MS Shell Dlg"="Laoxiao Sans"
"MS Shell Dlg 2"="Laoxiao Sans"
"Tahoma"="Laoxiao Sans"

[HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders]
"Local AppData"="C:\\users\\李 晓梅\\AppData\\Local"
"Desktop"="C:\\users\\李 晓梅\\桌面"
"Programs"="C:\\users\\李 晓梅\\AppData\\Roaming\\开始菜单"
SETTINGS
iconv -t utf-16 "$work/settings.reg" >"$drive/settings.reg"
wine regedit /S 'C:\settings.reg'
wineserver -w

say "the version before: the same program as 0.0.1, with a file that is no longer part of it"
cp -r "$tree" "$work/older"
echo gone >"$work/older/only_older.dll"
makensis -V1 -INPUTCHARSET UTF8 -X'SetCompressor /FINAL zlib' -DOUT="$work/older.exe" -DTREE="$work/older" -DVERSION=0.0.1 \
    -DREMOVE="$house/build/setup/remove.nsh" -DLICENCE="$house/build/setup/licence.txt" -DSIDE="$house/build/setup/side.bmp" -DKILOBYTES=1 "$house/installers/windows/setup.nsi"
rm -r "$work/older"
windows "$work/older.exe" /S || wrong "the older set-up ends with $?"
[ -f "$installed/only_older.dll" ] && [ -f "$link" ] || wrong "the older version is not installed"
windows reg query "$key" | grep -q 'DisplayVersion.*0\.0\.1' || wrong "no entry among the installed programs"

say "work on the command line: a ledger, its report, a workbook, a check"
mkdir -p "$home/文件 夹"
ledger="$person"'\文件 夹\示例.laoxiao'
laoxiao demo --ledger "$ledger"
laoxiao report monthly --ledger "$ledger" --out "$person"'\文件 夹\报告.pdf'
laoxiao export projects --ledger "$ledger" --out "$person"'\文件 夹\项目.xlsx'
head -c 5 "$home/文件 夹/报告.pdf" | grep -q '^%PDF-' || wrong "the report is no PDF"
head -c 2 "$home/文件 夹/项目.xlsx" | grep -q '^PK' || wrong "the workbook is no workbook"
cp "$home/文件 夹/报告.pdf" "$home/文件 夹/项目.xlsx" "$seen/"
laoxiao list projects --ledger "$ledger" | grep -q 景洪市 || wrong "Chinese is not printed as UTF-8"

say "a long path of Chinese (beyond 260 characters wine 8 cannot name an open file, and Windows wants a setting)"
long=$(printf '一老一小%.0s' $(seq 12))
deep=$(printf '\\%s' "$long" "$long" "$long" "$long")
mkdir -p "$home/$long/$long/$long/$long"
cp "$home/文件 夹/示例.laoxiao" "$home/$long/$long/$long/$long/长.laoxiao"
laoxiao report monthly --ledger "$person$deep\\长.laoxiao" --out "$person$deep\\长.pdf"

say "no standard files, as from Explorer or a service"
for handles in '<&-' '>&-' '2>&-' '<&- >&- 2>&-' '>/dev/null' ">$work/file 2>&1"; do
    eval "wine \"\$place\\\\laoxiao.exe\" verify --ledger \"\$ledger\" $handles" || wrong "fails with $handles"
done

say "double click on the ledger"
mkdir -p "$home/AppData/Local/laoxiao"
echo '{"person.name": "李晓梅", "person.unit": "西双版纳州发展改革委"}' >"$home/AppData/Local/laoxiao/settings.json"
registered 'HKCU\Software\Classes\.laoxiao' Laoxiao.Ledger || wrong ".laoxiao is not registered"
registered 'HKCU\Software\Classes\.lxp' Laoxiao.Package || wrong ".lxp is not registered"
let_wine_know
wine start "$ledger" >/dev/null 2>&1
await '^一老一小项目台账$'
sleep 8
picture 01-ledger-by-double-click

say "the upgrade by itself is refused while the program runs"
if windows "$setup" /S; then wrong "the set-up went over a running program"; fi
[ -f "$installed/laoxiao.exe" ] || wrong "the refused upgrade has removed something"

say "the upgrade, page by page"
wine "$setup" >/dev/null 2>&1 &
await '一老一小项目台账 安装'
picture 02-welcome
press Return
picture 03-licence
press Return
picture 04-folder
press Return
sleep 3
picture 05-program-in-use
close_program
xdotool search --onlyvisible --name '一老一小项目台账 安装' windowactivate
sleep 1
xdotool key Return
sleep 3
picture 06-installing
for _ in $(seq 60); do
    [ "$(windows reg query "$key" | grep -c "DisplayVersion.*$version")" = 1 ] && break
    sleep 1
done
sleep 4
picture 07-finish
press Return
await '^一老一小项目台账$'
sleep 12
picture 08-opened-by-the-set-up
[ -f "$home/桌面/一老一小项目台账.lnk" ] || wrong "no shortcut on the desktop"
[ ! -e "$installed/only_older.dll" ] || wrong "a file of the older version is left"
laoxiao --version | grep -q "$version" || wrong "the version is not $version"
close_program
laoxiao verify --ledger "$ledger" || wrong "the ledger did not survive the upgrade"

say "the shortcut of the start menu, and a data package by double click"
wine start "$person"'\AppData\Roaming\开始菜单\一老一小项目台账.lnk' >/dev/null 2>&1
await '^一老一小项目台账$'
sleep 10
picture 09-by-start-menu
close_program
if laoxiao package give --ledger "$ledger" --to 玉溪市发展改革委 --out "$person"'\文件 夹\给玉溪.lxp'; then
    wine start "$person"'\文件 夹\给玉溪.lxp' >/dev/null 2>&1
    await '一老一小项目台账$'
    sleep 12
    picture 10-package-by-double-click
    close_program
fi

say "a selection of our tests with this Python and these libraries"
# The installed files, with what only tests need: python.exe, Qt's test module and pytest, each from its lock.
fetch() {
    UV_SYSTEM_CERTS=1 "$house/.venv/bin/uv" pip install -q --target "$1" --python "$house/.venv/bin/python" --no-deps --require-hashes \
        --python-platform x86_64-pc-windows-msvc --python-version 3.11 --only-binary :all: -r "$2"
}
cp -r "$installed" "$drive/test"
cp "$house/build/setup/cp311/python.exe" "$drive/test/"
awk '/^[a-z]/ { keep = /^pyside6-essentials==6\.9/ } keep' "$house/installers/runtime.lock" >"$work/qt.lock"
fetch "$work/qt" "$work/qt.lock"
cp "$work/qt/PySide6/QtTest.pyd" "$work/qt/PySide6/Qt6Test.dll" "$drive/test/site-packages/PySide6/"
mkdir -p "$drive/test/site-packages/PySide6/lib/fonts" # where the screenless Qt of the tests looks
cp "$house/resources/fonts/LaoxiaoSans-Regular.ttf" "$drive/test/site-packages/PySide6/lib/fonts/"
rm -r "$work/qt"
awk '/^[a-z]/ { keep = /^(pytest|pytest-qt|pytest-timeout|iniconfig|packaging|pluggy|pygments|colorama|hypothesis|sortedcontainers|pypdf|xlwt)==/ } keep' \
    "$house/installers/dev.lock" >"$work/test.lock"
fetch "$work/wheels" "$work/test.lock"
cp -r "$work/wheels/." "$drive/test/site-packages/"
cp -r "$house/tests" "$house/pyproject.toml" "$drive/test/"
(cd "$drive/test" && windows 'C:\test\python.exe' -X utf8 -m pytest -q -p no:cacheprovider $tests) >"$seen/pytest.txt" || true
tail -n 5 "$seen/pytest.txt"
case $(tail -n 1 "$seen/pytest.txt") in
    *failed* | *error*) wrong "tests failed" ;;
    *passed*) ;;
    *) wrong "no test passed" ;;
esac

say "removal, page by page"
wine "$place\\uninstall.exe" >/dev/null 2>&1 &
await '一老一小项目台账 卸载'
picture 11-remove
press Return
vanish "$installed"
sleep 3
picture 12-removed
press Return
gone() {
    [ ! -e "$installed" ] || wrong "left behind: $(ls "$installed")"
    [ ! -e "$link" ] && [ ! -e "$home/桌面/一老一小项目台账.lnk" ] || wrong "a shortcut is left"
    if windows reg query "$key" >/dev/null || registered 'HKCU\Software\Classes\.laoxiao' Laoxiao || registered 'HKCU\Software\Classes\.lxp' Laoxiao; then
        wrong "entries in the registry are left"
    fi
}
gone
[ -s "$home/文件 夹/示例.laoxiao" ] && [ -s "$home/AppData/Local/laoxiao/settings.json" ] || wrong "the person's files are gone"

say "in silence into a folder of one's own choice, not into one that holds other things"
# no blank in it: wine puts an argument with one into quotes, and /D= knows none
mkdir -p "$drive/工具箱"
echo mine >"$drive/工具箱/别的.txt"
windows "$setup" /S '/D=C:\工具箱' || wrong "the silent set-up ends with $?"
[ -f "$drive/工具箱/LaoxiaoDesktop/laoxiao.exe" ] && [ ! -e "$drive/工具箱/laoxiao.exe" ] || wrong "it went among other files"
windows 'C:\工具箱\LaoxiaoDesktop\laoxiao.exe' verify --ledger "$ledger"
windows 'C:\工具箱\LaoxiaoDesktop\uninstall.exe' /S
vanish "$drive/工具箱/LaoxiaoDesktop"
[ -f "$drive/工具箱/别的.txt" ] || wrong "the silent removal took too much"
gone
say "all well: $(basename "$setup")"
