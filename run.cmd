@echo off
rem Opens the ledger; "run.cmd test" checks the house. Needs Python 3.11 or newer; everything else is set up by itself.
setlocal
set "PY="
where py >nul 2>nul && py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=py -3"
if not defined PY python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
if not defined PY (
  echo This needs Python 3.11 or newer: winget install Python.Python.3.13 1>&2
  exit /b 1
)
%PY% -X utf8 "%~dp0installers\bootstrap.py" %*
exit /b %ERRORLEVEL%
