; The set-up for Windows 10 (1809) and 11, 64 bit: for one person, without administrator rights; ledgers are never touched.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
!include MUI2.nsh
!include WinVer.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define NAME "一老一小项目台账"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\LaoxiaoDesktop"
!define LEDGER "Laoxiao.Ledger"
!define PACKAGE "Laoxiao.Package"
!define PROGRAM "$INSTDIR\laoxiao-desktop.exe"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\LaoxiaoDesktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${TREE}\laoxiao.ico"
!define MUI_UNICON "${TREE}\laoxiao.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_UNABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将为您安装${NAME} ${VERSION}。$\r$\n$\r$\n只装给当前用户，不需要管理员权限；不联网。$\r$\n$\r$\n升级时台账文件（*.laoxiao）、备份和设置都会保留。请先关闭正在使用的台账窗口。$\r$\n$\r$\n$_CLICK"
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序将装在下面的文件夹。要换地方请点“浏览”；请选空文件夹，或以前装过本程序的文件夹。"
!define MUI_FINISHPAGE_RUN "${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_TEXT "在桌面放一个快捷方式"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION PutOnDesktop
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载${NAME}。台账文件（*.laoxiao）、备份和设置都会保留。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ${IfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP "需要 64 位的 Windows 10（1809）或更新的系统。" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
FunctionEnd

; A folder with anything of others in it is refused, since removing takes whole folders away.
Function CheckFolder
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\python311._pth"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      StrCpy $INSTDIR "$INSTDIR\LaoxiaoDesktop"
      ${DirState} "$INSTDIR" $0
      ${If} $0 == 1
      ${AndIfNot} ${FileExists} "$INSTDIR\python311._pth"
        MessageBox MB_ICONEXCLAMATION "这个文件夹里有别的文件，请另选一个空文件夹。" /SD IDOK
        SetErrorLevel 2
        Abort
      ${EndIf}
      MessageBox MB_OKCANCEL|MB_ICONINFORMATION "所选文件夹里有别的文件，程序将装在：$\r$\n$INSTDIR" /SD IDOK IDOK +2
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

Function PutOnDesktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "${PROGRAM}" "" "$INSTDIR\laoxiao.ico"
FunctionEnd

; A file of the program that is in use cannot be replaced: ask to close the window first.
!macro WAIT_UNTIL_CLOSED UN
Function ${UN}WaitUntilClosed
  ${If} ${FileExists} "$INSTDIR\python311.dll"
    again:
    ClearErrors
    FileOpen $0 "$INSTDIR\python311.dll" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在使用。$\r$\n请关闭它的所有窗口，再点“重试”。" /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Abort "程序正在使用，没有改动任何文件。"
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_CLOSED ""
!insertmacro WAIT_UNTIL_CLOSED "un."

; Only what the set-up itself has put there is removed, by the list made when it was built.
!macro REMOVE_PROGRAM
  !include "${REMOVE}"
!macroend

; A kind of file that opens by double click.
!macro OPENS SUFFIX CLASS WORDS
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "${WORDS}"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\laoxiao.ico"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Classes\${SUFFIX}" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\${SUFFIX}\OpenWithProgids" "${CLASS}" ""
!macroend
!macro OPENS_NO_MORE SUFFIX CLASS
  ReadRegStr $0 HKCU "Software\Classes\${SUFFIX}" ""
  ${If} $0 == "${CLASS}"
    DeleteRegValue HKCU "Software\Classes\${SUFFIX}" ""
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\${SUFFIX}\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${SUFFIX}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\${SUFFIX}"
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
!macroend
!macro TELL_EXPLORER
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  ${If} ${Silent}  ; no page has looked at the folder
    Call CheckFolder
  ${EndIf}
  Call WaitUntilClosed
  ${If} ${FileExists} "$INSTDIR\python311._pth"
    DetailPrint "替换原来的版本；台账不受影响"
    SetDetailsPrint none
    !insertmacro REMOVE_PROGRAM
    ; what only an older version had
    Delete "$INSTDIR\*.dll"
    Delete "$INSTDIR\*.pyd"
  ${EndIf}
  SetOutPath "$INSTDIR"
  SetDetailsPrint none
  ClearErrors
  File /r "${TREE}\*"
  SetDetailsPrint both
  ${If} ${Errors}
    SetErrorLevel 2
    Abort "有文件写不进去。请检查磁盘空间，再运行一次安装程序。"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "${PROGRAM}" "" "$INSTDIR\laoxiao.ico"
  !insertmacro OPENS ".laoxiao" "${LEDGER}" "${NAME}"
  !insertmacro OPENS ".lxp" "${PACKAGE}" "${NAME}数据包"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\laoxiao.ico"
  WriteRegStr HKCU "${KEY}" "Publisher" "laoxiao-desktop"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${KILOBYTES}
  !insertmacro TELL_EXPLORER
  DetailPrint "已装在 $INSTDIR"
SectionEnd

Section un.
  Call un.WaitUntilClosed
  SetDetailsPrint none
  SetOutPath "$TEMP"
  !insertmacro REMOVE_PROGRAM
  SetDetailsPrint both
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  !insertmacro OPENS_NO_MORE ".laoxiao" "${LEDGER}"
  !insertmacro OPENS_NO_MORE ".lxp" "${PACKAGE}"
  DeleteRegKey HKCU "${KEY}"
  !insertmacro TELL_EXPLORER
  DetailPrint "已卸载；台账、备份和设置都保留着"
SectionEnd
