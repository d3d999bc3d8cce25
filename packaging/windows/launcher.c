/* The programs of the Windows installation: Python with a name, an icon and a version of its own.
 *
 * Compiled twice: MODULE is `desktop` for emanifest-desk.exe, a window program, and `desktop.cli` for emanifest.exe.
 * The DLL of Python lies in the folder `app` and finds its library through the ._pth file there, so that nothing of
 * another Python on the computer is ever loaded. With -m as the first word it runs that module instead: the program
 * starts parts of itself in this way, as with any Python.
 */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define PATH_LIMIT 32768

typedef int (*PyMain)(int, wchar_t **);

static int refuse(const wchar_t *text)
{
    if (IS_WINDOW) {
        MessageBoxW(NULL, text, L"eManifest Desk", MB_OK | MB_ICONERROR);
    } else {
        fwprintf(stderr, L"%ls\n", text);
    }
    return 1;
}

static HMODULE load_python(void)
{
    static wchar_t path[PATH_LIMIT];
    DWORD length = GetModuleFileNameW(NULL, path, PATH_LIMIT);
    wchar_t *end = length > 0 && length < PATH_LIMIT ? wcsrchr(path, L'\\') : NULL;

    if (end == NULL || (size_t)(end - path) + wcslen(PYTHON_DLL) + 2 > PATH_LIMIT) {
        return NULL;
    }
    wcscpy(end + 1, PYTHON_DLL);
    /* by its full path, and what it needs from its own folder and the system's: never from the working folder */
    return LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
}

int wmain(int argc, wchar_t **argv)
{
    HMODULE python;
    PyMain run;
    wchar_t **words;
    int count = 0;
    int at;

    /* a missing drive is an answer for the program, no box of the system's; and after a fault Windows sends no dump of
     * ours anywhere: private data may be in it, and the program keeps a report of its own */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    python = load_python();
    run = python ? (PyMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    words = calloc((size_t)argc + 3, sizeof *words);
    if (run == NULL || words == NULL) {
        return refuse(L"eManifest Desk cannot start: a part of it is missing.\n\nInstall it again. Your data stay.");
    }
    words[count++] = argv[0];
    if (argc < 2 || wcscmp(argv[1], L"-m") != 0) {
        words[count++] = L"-m";
        words[count++] = MODULE;
    }
    for (at = 1; at < argc; at++) {
        words[count++] = argv[at];
    }
    return run(count, words);
}
