#!/usr/bin/env bash
# In: the fonts of this system and Debian's font packages; out: .fonts/ with the free fonts that
# src/publisher/fonts.py names and their licences, and .fonts/own/ with links to the office's own fonts, if installed.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A package_of=(
    [FandolFang-Regular.otf]=texlive-lang-chinese
    [LXGWWenKai-Regular.ttf]=fonts-lxgw-wenkai
    [LiberationSerif-Regular.ttf]=fonts-liberation
    [NotoSansCJK-Regular.ttc]=fonts-noto-cjk
    [NotoSerifCJK-Bold.ttc]=fonts-noto-cjk
    [NotoSerifCJK-Regular.ttc]=fonts-noto-cjk
)
own_families="方正小标宋简体,FZXiaoBiaoSong-B05S,仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,楷体_GB2312,KaiTi_GB2312,楷体,KaiTi"
own_families+=",黑体,SimHei,宋体,SimSun,Times New Roman"

say() { printf '%s\n' "$@" >&2; }
die() {
    say "$@"
    exit 2
}

# --- The free fonts ----------------------------------------------------------------------------------------------

installed_file() { # NAME; prints where this system has the font; fontconfig does not know TeX's folder
    local path
    path=$(cut -f 1 <<<"$installed" | grep -m 1 "/$1\$" || true)
    path=${path:-$(dpkg-query -L "${package_of[$1]}" 2>/dev/null | grep -m 1 "/$1\$" || true)}
    if [[ -f $path ]]; then echo "$path"; fi
}

take() { # FILE PACKAGE VERSION ROOT; the font, whence it is, and what ROOT has about its licence
    local about=$4/usr/share/doc
    printf '%s\t%s\n' "${1##*/}" "$2 $3" >>"$work/out/sources.txt"
    local fandol=$about/texlive-doc/fonts/fandol/COPYING.gz
    cp -L "$1" "$work/out/"
    if [[ -f $about/$2/copyright ]]; then cp -L "$about/$2/copyright" "$work/out/licences/$2.txt"; fi
    if [[ $2 == texlive-lang-chinese && -f $fandol ]]; then gunzip -c "$fandol" >"$work/out/licences/Fandol.txt"; fi
}

own_lists=() # options for apt: package lists in our own folder, so that nobody needs to be root

apt() { # COMMAND...
    "$1" -qq -o APT::Sandbox::User=root -o Acquire::Retries=3 "${own_lists[@]}" "${@:2}"
}

update_lists() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    own_lists=(-o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1)
    apt apt-get update >&2
}

megabytes() { # PACKAGE...; what they will be to download, 0 when no package list knows them
    apt apt-cache show --no-all-versions "$@" 2>/dev/null |
        awk '$1 == "Size:" { n += $2 } END { printf "%d", n / 1e6 }' || true
}

download() { # PACKAGE...; into $work/root
    local size package
    size=$(megabytes "$@")
    if [[ $size == 0 ]]; then
        update_lists
        size=$(megabytes "$@")
    fi
    say "正在下载字体（约 $size MB，只此一次）……"
    cd "$work"
    if ! apt apt-get download "$@" >/dev/null 2>&1; then # the lists may be old
        update_lists
        apt apt-get download "$@" >&2 || return
    fi
    for package in ./*.deb; do dpkg-deb -x "$package" root || return; done
    cd ..
}

version_of() { # PACKAGE; of the file that was downloaded
    local file
    for file in "$work/$1"_*.deb; do dpkg-deb -f "$file" Version; done
}

fetch() { # NAME...
    local name path packages=()
    rm -rf .fonts.??????
    work=$PWD/$(mktemp -d .fonts.XXXXXX)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/out/licences" "$work/root"
    for name in "$@"; do
        path=$(installed_file "$name")
        if [[ -n $path ]]; then
            take "$path" "${package_of[$name]}" "$(dpkg-query -W -f '${Version}' "${package_of[$name]}" 2>/dev/null || echo "$path")" ""
        else
            packages+=("${package_of[$name]}")
        fi
    done
    if [[ ${#packages[@]} -gt 0 ]]; then
        command -v apt-get >/dev/null || die "缺少字体，请把下列文件放入 .fonts/ 后重新运行 make：$*"
        mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
        download "${packages[@]}" || die "字体下载失败，请检查网络后重新运行 make。"
        for name in "$@"; do
            if [[ -e $work/out/$name ]]; then continue; fi
            path=$(find "$work/root" -type f -name "$name")
            [[ -n $path ]] || die "软件包 ${package_of[$name]} 中没有字体 $name。"
            take "$path" "${package_of[$name]}" "$(version_of "${package_of[$name]}")" "$work/root"
        done
    fi
    mkdir -p .fonts/licences
    find "$work/out/licences" -type f -exec mv -t .fonts/licences {} +
    cat "$work/out/sources.txt" >>.fonts/sources.txt
    rm "$work/out/sources.txt"
    find "$work/out" -maxdepth 1 -type f -exec mv -t .fonts {} +
    say "字体已就绪（.fonts/，$(du -sm .fonts | cut -f 1) MB）。"
}

# --- The office's own fonts --------------------------------------------------------------------------------------

link_own() { # keeps .fonts/own/ as it is, and fontconfig's cache valid, unless something has changed
    local wanted present path
    wanted=$(awk -F '\t' -v names="$own_families" '
        BEGIN { n = split(names, list, ","); for (i = 1; i <= n; i++) own[list[i]] = 1 }
        $3 > 0 || ($2 ~ /Times New Roman/ && $4 > 100) { next } # italic, bold
        { n = split($2, families, ","); for (i = 1; i <= n; i++) if (families[i] in own) { print $1; next } }
    ' <<<"$installed" | sort -u)
    mkdir -p .fonts/own
    present=$(find .fonts/own -type l -printf '%l\n' | sort -u)
    if [[ $wanted == "$present" ]]; then return; fi
    find .fonts/own -type l -delete
    while IFS= read -r path; do
        if [[ -n $path ]]; then ln -s "$path" ".fonts/own/$(cksum <<<"$path" | cut -d ' ' -f 1)-${path##*/}"; fi
    done <<<"$wanted"
    if [[ -n $wanted ]]; then say "优先使用本机已装的公文字体（$(wc -l <<<"$wanted") 个文件）。"; fi
}

# --- The story ---------------------------------------------------------------------------------------------------

if command -v flock >/dev/null; then # one at a time in this folder
    exec 8<tools/fonts.sh
    flock 8
fi

# FILE<tab>FAMILY,FAMILY…<tab>SLANT<tab>WEIGHT, without what we have put into .fonts/ ourselves
installed=$(fc-list --format '%{file}\t%{family}\t%{slant}\t%{weight}\n' 2>/dev/null | grep -vF "$PWD/.fonts" || true)

missing=()
for name in "${!package_of[@]}"; do
    if [[ ! -f .fonts/$name ]]; then missing+=("$name"); fi
done
if [[ ${#missing[@]} -gt 0 ]]; then fetch "${missing[@]}"; fi
link_own
