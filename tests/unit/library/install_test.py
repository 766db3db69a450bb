#!/usr/bin/python3
"""Installs into a folder of its own, and builds and runs docs/examples/c_library from there: by find_package()
(shared and static), by pkg-config, and statically by pkg-config. None of it names a language but C.

Usage: install_test.py BUILD_DIR EXAMPLE_DIR C_COMPILER C_FLAGS
"""
import os
import pathlib
import subprocess
import sys
import tempfile


def run(*command, **environment):
    result = subprocess.run([str(part) for part in command], env=os.environ | environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}")
    return result.stdout


def main():
    build, example = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    compiler, c_flags = sys.argv[3:5]
    with tempfile.TemporaryDirectory() as folder:
        prefix, project = pathlib.Path(folder, "prefix"), pathlib.Path(folder, "project")
        run("cmake", "--install", build, "--prefix", prefix)
        library = next(prefix.rglob("libvmodem.so.1")).parent
        run(prefix / "bin/vmodem", "--version")
        run(prefix / "bin/vmodemctl", "--help")

        run("cmake", "-G", "Ninja", "-S", example, "-B", project, f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DCMAKE_C_COMPILER={compiler}", f"-DCMAKE_C_FLAGS={c_flags}")
        run("cmake", "--build", project)
        run("ctest", "--test-dir", project, "--output-on-failure")

        def compile_by_pkg_config(name, *options):
            flags = run("pkg-config", "--cflags", "--libs", *options, "vmodem",
                        PKG_CONFIG_PATH=str(library / "pkgconfig"))
            if options:
                flags = flags.replace("-lvmodem", "-l:libvmodem.a")
            run(compiler, *c_flags.split(), "-o", project / name, example / "host.c", example / "host_test.c",
                *flags.split(), f"-Wl,-rpath,{library}")
            run(project / name)

        compile_by_pkg_config("by_pkg_config")
        compile_by_pkg_config("by_pkg_config_static", "--static")
    print("installed, and used by C in four ways")


if __name__ == "__main__":
    main()
