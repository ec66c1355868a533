/* For try_setup.sh only, never shipped: wine 8 lacks Windows.UI.ViewManagement.UISettings, which Qt asks for the colours of Windows. */
#include <stdint.h>
#include <string.h>
#include <windows.h>

typedef HRESULT(STDMETHODCALLTYPE *method)(void);
typedef struct {
    const method *methods;
} object;

static const GUID COLOURS = {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}};
static object plain, coloured, factory;

static HRESULT STDMETHODCALLTYPE ask(object *self, const GUID *wanted, void **given)
{
    *given = self == &factory ? self : memcmp(wanted, &COLOURS, sizeof COLOURS) == 0 ? &coloured : &plain;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE count(void) { return 1; }
static HRESULT STDMETHODCALLTYPE nothing(void) { return S_OK; }

static HRESULT STDMETHODCALLTYPE make(object *self, void **given)
{
    (void)self;
    *given = &plain;
    return S_OK;
}

/* Foreground black, accent blue, all else white: alpha, red, green, blue. */
static HRESULT STDMETHODCALLTYPE colour(object *self, int kind, uint8_t *given)
{
    static const uint8_t black[] = {255, 0, 0, 0}, blue[] = {255, 0, 120, 215}, white[] = {255, 255, 255, 255};
    (void)self;
    memcpy(given, kind == 1 ? black : kind >= 2 && kind <= 8 ? blue : white, 4);
    return S_OK;
}

#define UNKNOWN (method)(void *)ask, (method)(void *)count, (method)(void *)count, nothing, nothing, nothing
#define EIGHT nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing
static const method PLAIN[] = {UNKNOWN, EIGHT, EIGHT, EIGHT};
static const method COLOURED[] = {UNKNOWN, (method)(void *)colour, EIGHT};
static const method FACTORY[] = {UNKNOWN, (method)(void *)make, EIGHT};
static object plain = {PLAIN}, coloured = {COLOURED}, factory = {FACTORY};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, void **given)
{
    (void)name;
    *given = &factory;
    return S_OK;
}
