#!/bin/sh
# Opens the ledger; `sh run.sh test` checks the house. Needs Python 3.11 or newer; everything else is set up by itself.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

find_python() {
    for name in ${LAOXIAO_PYTHON:-} python3.13 python3.12 python3.11 python3 python3.14 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "未找到 Python 3.11 以上版本，正在安装 python3 …" >&2
        apt-get update -q >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3 python3-venv ca-certificates >/dev/null
    fi
    if ! python=$(find_python); then
        echo "需要 Python 3.11 或更新的版本（This needs Python 3.11 or newer）。请先执行：" >&2
        echo "    sudo apt-get update && sudo apt-get install -y python3 python3-venv" >&2
        echo "系统自带版本较旧时（Debian 11、UOS 20、麒麟 V10），请安装 python3.11 后再运行；也可指定：LAOXIAO_PYTHON=/路径/python3.11 sh run.sh" >&2
        exit 1
    fi
fi
exec "$python" -X utf8 "$here/installers/bootstrap.py" "$@"
