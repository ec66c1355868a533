/* Starts the program inside the Python that lies beside this file: laoxiao-desktop.exe opens the window, laoxiao.exe serves a console. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768

typedef int (*py_main)(int, wchar_t **);
typedef int (*open_file)(const wchar_t *, int, ...);
typedef intptr_t (*handle_of)(int);
typedef int (*copy_file)(int, int);

static const DWORD STANDARD[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

/* A word for the person: a box from the window, a line from the console, where nobody may be there to close a box. */
static int refuse(const wchar_t *what)
{
#ifdef CONSOLE
    HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
    char bytes[512];
    DWORD written;
    if (!WriteConsoleW(error, what, (DWORD)wcslen(what), &written, NULL)) {
        int length = WideCharToMultiByte(CP_UTF8, 0, what, -1, bytes, sizeof bytes, NULL, NULL);
        WriteFile(error, bytes, length > 0 ? (DWORD)length - 1 : 0, &written, NULL);
    }
#else
    MessageBoxW(NULL, what, L"一老一小项目台账", MB_ICONERROR | MB_OK);
#endif
    return 1;
}

/* Whether Python can use it: it asks every file what it is, and dies (WinError 6) of one that gives no answer. */
static int usable(HANDLE handle)
{
    BY_HANDLE_FILE_INFORMATION facts;
    if ((intptr_t)handle <= 0) /* none, invalid, or the C library's sign for “no console” */
        return 0;
    SetLastError(NO_ERROR);
    DWORD type = GetFileType(handle);
    if (type == FILE_TYPE_DISK)
        return GetFileInformationByHandle(handle, &facts);
    return type != FILE_TYPE_UNKNOWN || GetLastError() == NO_ERROR;
}

/* Explorer, services and some callers give no standard files, or dead ones: then NUL stands in, before Python looks at them. */
static void fill_handles(void)
{
    for (int index = 0; index < 3; index++) {
        if (usable(GetStdHandle(STANDARD[index])))
            continue;
        HANDLE nothing = CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
        SetStdHandle(STANDARD[index], nothing);
    }
}

/* The same for the numbers 0, 1 and 2 of Python's C library, which may have been set up before this program ran. */
static void fill_numbers(void)
{
    HMODULE library = GetModuleHandleW(L"ucrtbase.dll");
    if (library == NULL)
        return;
    open_file open = (open_file)(void *)GetProcAddress(library, "_wopen");
    handle_of handle = (handle_of)(void *)GetProcAddress(library, "_get_osfhandle");
    copy_file copy = (copy_file)(void *)GetProcAddress(library, "_dup2");
    if (open == NULL || handle == NULL || copy == NULL)
        return;
    for (int number = 0; number < 3; number++) {
        if (usable((HANDLE)handle(number)))
            continue;
        int nothing = open(L"NUL", _O_RDWR | _O_BINARY);
        if (nothing >= 0 && nothing != number)
            copy(nothing, number);
        SetStdHandle(STANDARD[number], (HANDLE)handle(number));
    }
}

int main(void)
{
    static wchar_t path[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, path, LONGEST);
    wchar_t *name = length && length < LONGEST - 16 ? wcsrchr(path, L'\\') : NULL;
    fill_handles();
    if (name == NULL)
        return refuse(L"找不到程序所在的文件夹。请重新安装。\r\n");
    wcscpy(name + 1, L"python311.dll");
    HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main start = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (start == NULL)
        return refuse(L"程序文件不完整，无法启动。请重新安装；台账不受影响。\r\n");
    fill_numbers();

    int given = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &given);
    wchar_t **all = calloc((size_t)given + 6, sizeof *all);
    if (words == NULL || all == NULL)
        return refuse(L"内存不足，无法启动。\r\n");
    int count = 0;
    all[count++] = words[0];
    all[count++] = L"-X"; /* a ._pth file makes Python ignore PYTHONUTF8 */
    all[count++] = L"utf8";
    all[count++] = L"-m";
    all[count++] = L"laoxiao_desktop";
    for (int index = 1; index < given; index++)
        all[count++] = words[index];
    int status = start(count, all);
#ifndef CONSOLE
    if (status)
        return refuse(L"程序没有正常启动或结束。台账不受影响，请再打开一次；仍不行时请重新安装。\r\n");
#endif
    return status;
}
