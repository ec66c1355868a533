@echo off
rem Opens the ledger; "run.cmd test" checks the house. Needs Python 3.11 or newer; everything else is set up by itself.
setlocal
set "PY="
if defined LAOXIAO_PYTHON call :try "%LAOXIAO_PYTHON%"
if not defined PY call :try py -3
if not defined PY call :try python
if not defined PY goto none
%PY% -X utf8 "%~dp0installers\bootstrap.py" %*
exit /b %ERRORLEVEL%

:try
%* -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 set PY=%*
exit /b 0

:none
echo This needs Python 3.11 or newer: winget install Python.Python.3.13 1>&2
exit /b 1
