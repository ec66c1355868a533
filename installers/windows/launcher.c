/* Starts the program inside the Python that lies beside this file: laoxiao-desktop.exe opens the window, laoxiao.exe serves a console. */
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

typedef int (*py_main)(int, wchar_t **);

static int refuse(const wchar_t *what)
{
    MessageBoxW(NULL, what, L"一老一小项目台账", MB_ICONERROR | MB_OK);
    return 1;
}

int main(void)
{
    wchar_t path[32768];
    DWORD length = GetModuleFileNameW(NULL, path, 32768);
    wchar_t *name = length ? wcsrchr(path, L'\\') : NULL;
    if (name == NULL)
        return refuse(L"找不到程序所在的文件夹。请重新安装。");
    wcscpy(name + 1, L"python311.dll");
    HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main start = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (start == NULL)
        return refuse(L"程序文件不完整，无法启动。请重新安装；台账不受影响。");

    int given = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &given);
    wchar_t **all = calloc((size_t)given + 5, sizeof *all);
    if (words == NULL || all == NULL)
        return refuse(L"内存不足，无法启动。");
    int count = 0;
    all[count++] = words[0];
    all[count++] = L"-X"; /* a ._pth file makes Python ignore PYTHONUTF8 */
    all[count++] = L"utf8";
    all[count++] = L"-m";
    all[count++] = L"laoxiao_desktop";
    for (int index = 1; index < given; index++)
        all[count++] = words[index];
    return start(count, all);
}
