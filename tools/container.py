"""`packaging/Containerfile` → an image, and `content/` published with it in `dist/container/`.

Podman or docker builds and runs it, where one of them answers. Elsewhere its steps are run in a
bare Debian made by mmdebstrap, and the program in that by bubblewrap.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import bundle

ROOT = Path(__file__).parents[1]
RECIPE = ROOT / "packaging" / "Containerfile"
IMAGE = "gongwen-publisher"
PYTHON_OF = {"bookworm": "3.11", "trixie": "3.13"}
"""The Python of each Debian for which the recipe is meant."""
BUILDERS = ("podman", "docker")
MADE = ROOT / "dist" / "container" / "build"
USER = 1000
"""As the recipe numbers the user that the program runs as."""
OFFICE = "libreoffice-writer-nogui libreoffice-calc-nogui"
PROOF = """\
fails() { echo "$1" >&2; exit 1; }
test "$(id -u)" -ne 0 || fails 以管理员身份运行
for place in / /usr/local /opt/publisher "$PUBLISHER_FONTS" /srv /srv/content; do
    if touch "$place/written" 2>/dev/null; then rm "$place/written"; fails "$place 可以写"; fi
done
test "$(tail -n +3 /proc/net/dev | grep -vc '^ *lo:')" -eq 0 || fails 有网络
publisher doctor
publisher "$@"
test -z "$(find /srv/build ! -user "$(id -u)")" || fails 有的文件不归运行的用户
"""
"""It ends where whoever runs is root, can write elsewhere, or has a network; else it publishes."""
MOUNTED = "--mount=type=bind,target=/mnt "
"""How the recipe asks for the folder that it is built from."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What our Containerfile says."""

    steps: tuple[str, ...]
    """Lines of a shell that make the image, as root."""
    environment: Mapping[str, str]
    """As the program finds it."""
    command: tuple[str, ...]


def main() -> None:
    """Make the image, publish with it, and say what ran."""
    parser = argparse.ArgumentParser(description="做容器镜像，并用它生成 content/ 中的公文")
    parser.add_argument("--debian", choices=PYTHON_OF, default="bookworm")
    parser.add_argument("--office", action="store_true", help="镜像里装 LibreOffice")
    parser.add_argument("--bare", action="store_true", help="不用 podman 和 docker")
    asked = parser.parse_args()
    given = {"DEBIAN": asked.debian, "OFFICE": OFFICE if asked.office else ""}
    builder = None if asked.bare else next(filter(answers, BUILDERS), None)
    needed = () if builder else ("mmdebstrap", "bwrap")
    if lacking := [name for name in needed if shutil.which(name) is None]:
        sys.exit(
            f"没有能用的 podman 或 docker，也没有 {'、'.join(lacking)}；任选其一："
            "安装 podman，或运行 sudo apt-get install -y mmdebstrap bubblewrap"
        )
    made = MADE
    made.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="publisher-") as work:
        Path(work).chmod(0o755)
        offline = Path(work) / "offline"
        bundle.fill(offline, PYTHON_OF[asked.debian])
        if builder:
            build_image(builder, offline, given)
            run_image(builder, made)
        else:
            recipe = read(RECIPE.read_text("utf-8"), given)
            run_in_root(make_root(recipe, offline, Path(work), asked.debian), recipe, made)
    means = f"{builder} " if builder else "mmdebstrap 和 bubblewrap（没有做成镜像）"
    print(f"已用 {means}以普通用户、不联网、只读地生成，结果在 {made}。")


# -- with a builder ---------------------------------------------------------------------


def answers(builder: str) -> bool:
    """Whether a builder is there and can reach what it needs."""
    if shutil.which(builder) is None:
        return False
    return subprocess.run([builder, "info"], capture_output=True).returncode == 0


def build_image(builder: str, offline: Path, given: Mapping[str, str]) -> None:
    """The image `gongwen-publisher`."""
    arguments = [part for item in given.items() for part in ("--build-arg", "=".join(item))]
    hint = "取不到基础镜像、不能运行容器的机器，可加 CONTAINER_ARGS=--bare 试同样的步骤。"
    run(builder, "build", "-f", str(RECIPE), "-t", IMAGE, *arguments, str(offline), hint=hint)


def run_image(builder: str, made: Path) -> None:
    """Publish with the image; what is made is ours, or, where we are root, the image's user's."""
    mounts = ["-v", f"{ROOT / 'content'}:/srv/content:ro", "-v", f"{made}:/srv/build"]
    closed = ["--network", "none", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "all"]
    closed += ["--security-opt", "no-new-privileges"]
    if os.geteuid() == 0:
        give(made)
    else:
        closed += ["--user", f"{os.geteuid()}:{os.getegid()}"]
        closed += ["--userns", "keep-id"] if builder == "podman" else []
    shell = ["--entrypoint", "/bin/sh", IMAGE, "-eu", "-c", PROOF, "sh"]
    run(builder, "run", "--rm", *closed, *mounts, *shell, "publish")


def give(folder: Path) -> None:
    """All of a folder to the user of the image."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, USER, follow_symlinks=False)


# -- without ----------------------------------------------------------------------------


def read(text: str, given: Mapping[str, str]) -> Recipe:
    """A Containerfile of one stage, its arguments as they are given."""
    steps, environment, command = [], {}, list[str]()
    for line in instructions(text):
        name, _, rest = line.partition(" ")
        match name:
            case "ENV":
                key, _, value = rest.partition("=")
                environment[key] = value
            case "RUN":
                exports = [f"export {key}={shlex.quote(value)}" for key, value in given.items()]
                exports += [f"export {key}={value}" for key, value in environment.items()]
                steps.append("\n".join([*exports, rest.removeprefix(MOUNTED)]))
            case "ENTRYPOINT" | "CMD":
                command += json.loads(rest)
            case "FROM" | "ARG" | "USER" | "WORKDIR":
                pass  # who runs the steps and the program, where, and in what, is known here
            case _:
                sys.exit(f"{RECIPE}：不会执行 {name}")
    return Recipe(tuple(steps), environment, tuple(command))


def instructions(text: str) -> Iterator[str]:
    """The instructions, each in one line; comments are none."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            yield re.sub(r" {2,}", " ", line.strip())


def make_root(recipe: Recipe, offline: Path, work: Path, debian: str) -> Path:
    """A bare Debian in which the steps were run."""
    archive, root, steps = work / "root.tar", work / "root", offline / "steps.sh"
    steps.write_text("set -eux\n" + "\n".join(recipe.steps) + "\n", "utf-8")
    hooks = [
        f'cp -r {shlex.quote(str(offline))}/. "$1/mnt"',
        'chroot "$1" sh /mnt/steps.sh',
        'find "$1/mnt" -mindepth 1 -delete',
    ]
    options = [part for hook in hooks for part in ("--customize-hook", hook)]
    command = ["mmdebstrap", "--quiet", "--variant=minbase", *options, debian, str(archive), "-"]
    run(*command, words=sources(debian))
    root.mkdir()
    run("tar", "-x", "-f", str(archive), "-C", str(root), "--exclude=./dev/*")
    return root


def sources(debian: str) -> str:
    """Where this machine takes Debian's packages from, for a release of Debian."""
    form = "$(ORIGIN)\t$(REPO_URI)\t$(RELEASE)"
    asked = ["apt-get", "indextargets", "--format", form, "Created-By: Packages"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    lines = set()
    for origin, address, release in (line.split("\t") for line in said.splitlines()):
        if origin == "Debian":
            _, dash, part = release.partition("-")
            lines.add(f"deb {address} {debian}{dash}{part} main\n")
    return "".join(sorted(lines)) or sys.exit("本机没有配置 Debian 的软件源")


def run_in_root(root: Path, recipe: Recipe, made: Path) -> None:
    """Publish in a bare root: nothing but what it writes can be written, and nobody be reached."""
    closed = ["--unshare-all", "--cap-drop", "ALL"]
    closed += ["--die-with-parent", "--new-session", "--clearenv"]
    given = [part for item in recipe.environment.items() for part in ("--setenv", *item)]
    places = ["--ro-bind", str(root), "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    places += ["--ro-bind", str(ROOT / "content"), "/srv/content"]
    places += ["--bind", str(made), "/srv/build", "--chdir", "/srv"]
    shell = ["/bin/sh", "-eu", "-c", PROOF, *recipe.command]
    become: list[str] = []
    if os.geteuid() == 0:
        give(made)
        become = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"]
    run(*become, "bwrap", *closed, *given, *places, *shell)


def run(*command: str, words: str | None = None, hint: str = "") -> None:
    """Run a command that shows what it says; end where it fails, with what else may be done."""
    done = subprocess.run(command, input=words, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} 没有成功（退出码 {done.returncode}），原因见上。{hint}")


if __name__ == "__main__":
    main()
