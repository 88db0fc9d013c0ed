#!/usr/bin/env bash
# In: `publish` (the default), `cluster`, `site` or `test`, the lock files and pyproject.toml; out: system packages, .venv/, .fonts/ and
# tests/npm/node_modules/ as that needs them. What is there already is left alone.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_USER

level=${1:-publish}
venv=.venv/bin/python

say() { printf '%s\n' "$@" >&2; }
die() {
    say "$@"
    exit 2
}

# --- System packages ---------------------------------------------------------------------------------------------

missing=() # packages, by their names in Debian
# shellcheck source=/dev/null
system=$(. /etc/os-release 2>/dev/null; echo "${ID:-}-${VERSION_ID:-}")
installed_libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || true)

need_library() { # FILE PACKAGE; a system without ldconfig cannot be asked
    [[ -z $installed_libraries || $installed_libraries == *"$1 "* ]] || missing+=("$2")
}

need_command() { # COMMAND PACKAGE
    command -v "$1" >/dev/null || missing+=("$2")
}

need_libreoffice() {
    local flavour=-nogui home
    home=$(dirname "$(readlink -f "$(command -v soffice || true)")")
    if dpkg-query -s libreoffice-core >/dev/null 2>&1; then flavour=; fi
    [[ -e $home/libswlo.so ]] || missing+=("libreoffice-writer$flavour")
    [[ -e $home/libsclo.so ]] || missing+=("libreoffice-calc$flavour")
}

need_uno() { # tests ask LibreOffice itself to accept and reject tracked changes
    local name
    for name in /usr/bin/python3 python3 "$(dirname "$(readlink -f "$(command -v soffice || true)")")/python"; do
        if "$name" -c 'import uno' 2>/dev/null; then return; fi
    done
    missing+=(python3-uno)
}

need_browser() {
    local name
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null; then return; fi
    done
    if [[ $system == ubuntu-* ]]; then # there the package is a snap, which cannot read our folders
        say "没有 Chromium 或 Google Chrome，将跳过需要浏览器的测试。"
    else
        missing+=(chromium)
    fi
}

apt_install() { # [sudo -n]; first with the package lists as they are, then with fresh ones
    local apt=("$@" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    local install=("${apt[@]}" install -y --no-install-recommends "${missing[@]}")
    local log
    if ! log=$("${install[@]}" </dev/null 2>&1 9<&-); then
        "$@" dpkg --configure -a </dev/null >&2 9<&- || true # after an interrupted installation
        "${apt[@]}" update </dev/null >&2 9<&- || true
        log=$("${install[@]}" </dev/null 2>&1 9<&-) || die "$log" "" "系统软件安装失败，原因见上。"
    fi
}

install_missing() {
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if ! command -v apt-get >/dev/null; then
        die "缺少系统软件（以下为 Debian 的软件包名，请安装本系统中对应的软件）：${missing[*]}"
    elif [[ $EUID -eq 0 ]]; then
        say "正在安装系统软件：${missing[*]}"
        apt_install
    elif sudo -n true 2>/dev/null; then
        say "正在安装系统软件：${missing[*]}"
        apt_install sudo -n
    else
        say "缺少系统软件：${missing[*]}" "请管理员执行下面这条命令，然后重新运行 make：" ""
        die "    sudo apt-get install -y --no-install-recommends ${missing[*]}"
    fi
}

# --- Python ------------------------------------------------------------------------------------------------------

find_python() { # prints a Python >= 3.11, if possible one that can make virtual environments
    local name second=
    for name in python3.13 python3.12 python3.11 python3; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$name"
            return
        fi
        second=${second:-$name}
    done
    echo "$second"
}

key() { # FILE...; changes with the files, the folder and the Python
    { pwd && readlink -f "$venv" && cat "$@"; } | sha256sum
}

is_done() { # STAMP FILE...
    [[ -x $venv && -f .venv/$1 && $(<".venv/$1") == "$(key "${@:2}")" ]]
}

pip_install() {
    "$venv" -m pip install --quiet --disable-pip-version-check --no-input "$@" ||
        die "Python 软件包安装失败，原因见上。请检查网络后重新运行 make。"
}

has_publish() { is_done publish.done requirements.lock; }
has_more() { is_done "$level.done" requirements.lock "requirements-$level.lock"; } # cluster, site
has_test() { is_done test.done requirements.lock requirements-dev.lock; }

install_packages() {
    case $level in
        publish) if has_test || has_publish; then return; fi ;;
        cluster) if has_test || has_more; then return; fi ;;
        site) if has_more; then return; fi ;;
        test) if has_test; then return; fi ;;
    esac
    if ! has_publish; then # nothing, an interrupted set-up, or other versions: from the beginning
        say "正在建立 Python 环境（.venv）……"
        rm -rf .venv
        "$python" -m venv .venv
    fi
    if [[ $level == test ]]; then
        say "正在安装 Python 软件包（含测试工具）……"
        pip_install --require-hashes -r requirements-dev.lock
        key requirements.lock requirements-dev.lock >.venv/test.done
    elif [[ $level == cluster || $level == site ]]; then
        say "正在安装 Python 软件包（$level）……"
        pip_install --require-hashes -r "requirements-$level.lock"
        key requirements.lock "requirements-$level.lock" >".venv/$level.done"
    else
        say "正在安装 Python 软件包……"
        pip_install --require-hashes -r requirements.lock
    fi
    key requirements.lock >.venv/publish.done
}

install_publisher() {
    if is_done publisher.done pyproject.toml; then return; fi
    "$venv" -m pip uninstall --quiet --yes publisher >/dev/null 2>&1 || true # as it was called before
    pip_install --no-deps --no-build-isolation --editable .
    key pyproject.toml >.venv/publisher.done
}

# --- Node.js -----------------------------------------------------------------------------------------------------

has_node() { # what the packages of tests/npm need
    command -v npm >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

install_node_packages() {
    local folder=tests/npm
    [[ $level == test && -f $folder/package-lock.json ]] || return 0
    if ! has_node; then
        say "没有 npm 或 Node.js 低于 20.19，将跳过需要它们的测试。"
        rm -rf $folder/node_modules
    elif [[ ! -d $folder/node_modules ]] || ! is_done npm.done $folder/package-lock.json; then
        say "正在安装测试用的 Node.js 软件包……"
        if npm ci --prefix $folder --ignore-scripts --no-audit --no-fund --loglevel=error >&2; then
            key $folder/package-lock.json >.venv/npm.done
        else
            say "Node.js 软件包安装失败，将跳过需要它们的测试。"
            rm -rf $folder/node_modules
        fi
    fi
}

# --- The story ---------------------------------------------------------------------------------------------------

exec 9<tools/setup.sh # one set-up at a time in this folder
if command -v flock >/dev/null && ! flock -n 9; then
    say "另一个安装正在进行，请稍候……"
    flock 9
fi

need_library libpango-1.0.so.0 libpango-1.0-0
need_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
if [[ $system != ubuntu-22.04 ]]; then # which has no such package; WeasyPrint does without, more slowly
    need_library libharfbuzz-subset.so.0 libharfbuzz-subset0
fi
need_command fc-list fontconfig
if [[ $level == test ]]; then
    need_libreoffice
    need_uno
    need_browser
    need_command pdftoppm poppler-utils
    need_command qpdf qpdf
    need_library libatomic.so.1 libatomic1 # the Node.js inside Playwright
fi
if ! has_publish && ! has_test; then
    python=$(find_python)
    [[ -n $python ]] || die "需要 Python 3.11 或更高版本，请先安装（例如：sudo apt-get install -y python3.11 python3.11-venv）。"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        missing+=("$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
fi

install_missing
install_packages
install_publisher
install_node_packages
.venv/bin/publisher fonts --quiet
