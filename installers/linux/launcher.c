/* Starts the program inside the Python that lies beside this file, in UTF-8 mode, whatever the caller's PYTHON* variables say. */
#include <Python.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHECK(step) do { PyStatus done = (step); if (PyStatus_Exception(done)) Py_ExitStatusException(done); } while (0)

static const char *const PLACES[] = {"", "/python", "/python/lib-dynload", "/site-packages"};

int main(int count, char **words)
{
    char home[PATH_MAX], place[PATH_MAX + 32];
    ssize_t length = readlink("/proc/self/exe", home, sizeof home - 1);
    if (length > 0)
        home[length] = 0;
    char *name = length > 0 ? strrchr(home, '/') : NULL;
    if (name == NULL) {
        fputs("找不到程序所在的文件夹。请重新安装。\n", stderr);
        return 1;
    }
    *name = 0;

    PyPreConfig first;
    PyPreConfig_InitIsolatedConfig(&first);
    first.utf8_mode = 1;
    CHECK(Py_PreInitialize(&first));

    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.parse_argv = 0;
    config.site_import = 0;
    config.write_bytecode = 0;
    config.install_signal_handlers = 1;
    CHECK(PyConfig_SetBytesArgv(&config, count, words));
    CHECK(PyConfig_SetBytesString(&config, &config.home, home));
    CHECK(PyConfig_SetString(&config, &config.run_command, L"import sys; from laoxiao_desktop.__main__ import main; sys.exit(main())"));
    config.module_search_paths_set = 1;
    for (size_t index = 0; index < sizeof PLACES / sizeof *PLACES; index++) {
        snprintf(place, sizeof place, "%s%s", home, PLACES[index]);
        wchar_t *wide = Py_DecodeLocale(place, NULL);
        if (wide == NULL)
            return 1;
        CHECK(PyWideStringList_Append(&config.module_search_paths, wide));
        PyMem_RawFree(wide);
    }
    CHECK(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    return Py_RunMain();
}
