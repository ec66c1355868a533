; The set-up for Windows 10 (1809) and 11, 64 bit: for one person, without administrator rights; ledgers are never touched.
Unicode true
Target amd64-unicode
!include MUI2.nsh
!include WinVer.nsh

!define NAME "一老一小项目台账"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\LaoxiaoDesktop"
!define CLASS "Laoxiao.Ledger"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\LaoxiaoDesktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
SetCompressor /SOLID lzma
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${TREE}\laoxiao.ico"
!define MUI_UNICON "${TREE}\laoxiao.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\laoxiao-desktop.exe"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载本程序。台账文件（*.laoxiao）、备份和设置都会保留。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${TREE}\licences\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "需要 64 位的 Windows 10（1809）或更新的系统。" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

; A file of the program that is in use cannot be replaced: ask to close the window first.
!macro ASK_TO_CLOSE
  ${If} ${FileExists} "$INSTDIR\python311.dll"
    ClearErrors
    FileOpen $0 "$INSTDIR\python311.dll" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "程序正在使用。请关闭所有“${NAME}”窗口后重试。" /SD IDCANCEL IDRETRY -4
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Only what the set-up itself has put there is removed, folder by folder, by the list made when it was built.
!macro REMOVE_PROGRAM
  !include "${REMOVE}"
!macroend

Section
  !insertmacro ASK_TO_CLOSE
  ${If} ${FileExists} "$INSTDIR\laoxiao-desktop.exe"
    !insertmacro REMOVE_PROGRAM
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\laoxiao-desktop.exe" "" "$INSTDIR\laoxiao.ico"
  WriteRegStr HKCU "Software\Classes\.laoxiao" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "${NAME}"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\laoxiao.ico"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\laoxiao-desktop.exe" "%1"'
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
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section un.
  !insertmacro ASK_TO_CLOSE
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.laoxiao" ""
  ${If} $0 == "${CLASS}"
    DeleteRegKey HKCU "Software\Classes\.laoxiao"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
