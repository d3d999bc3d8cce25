; The installer of eManifest Desk: for one user, without an administrator. build.py compiles it with
;   VERSION STAGE OUT ICON SIZE_KB and, where they apply, CHECKS_ONLY, QUICK, SIGN
;
; Silent: setup.exe /S [/D=C:\a folder]   and   uninstall.exe /S
; Exit codes: 0 done, 2 not done, 3 the folder is somebody else's, 5 the program runs.
; Data and keys are never touched: they are in %LOCALAPPDATA%\eManifest Desk and in the Windows credential store.

Target amd64-unicode
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh
!include WinVer.nsh

!define PRODUCT "eManifest Desk"
!define APP_ID "eManifestDesk" ; desktop/app.py gives it to the process
!define PROGRAM "emanifest-desk.exe"
!define COMMAND "emanifest.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUN_VALUE "emanifest-desk" ; desktop/services/sign_in.py

!ifdef CHECKS_ONLY
  Name "${PRODUCT} (for checks only)"
!else
  Name "${PRODUCT}"
!endif
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${PRODUCT} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${PRODUCT} ${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_TEXT "$(Installed)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(Stays)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"

LangString Runs ${LANG_ENGLISH} "eManifest Desk is running. Quit it (also beside the clock: right click, Quit), then choose Retry."
LangString Runs ${LANG_FRENCH} "eManifest Desk est ouvert. Quittez-le (aussi près de l’horloge : clic droit, Quitter), puis choisissez Réessayer."
LangString Foreign ${LANG_ENGLISH} "This folder holds something else. Choose an empty one."
LangString Foreign ${LANG_FRENCH} "Ce dossier contient autre chose. Choisissez un dossier vide."
LangString NotReplaced ${LANG_ENGLISH} "The version that is installed could not be taken out whole. Your data are as they were. Restart Windows and run this again."
LangString NotReplaced ${LANG_FRENCH} "La version installée n’a pas pu être retirée en entier. Vos données sont restées telles quelles. Redémarrez Windows et recommencez."
LangString OldWindows ${LANG_ENGLISH} "eManifest Desk needs 64-bit Windows 10 or newer."
LangString OldWindows ${LANG_FRENCH} "eManifest Desk demande Windows 10 (64 bits) ou plus récent."
LangString Installed ${LANG_ENGLISH} "eManifest Desk ${VERSION} is installed, for you alone. Trips, messages and keys of an earlier version are as they were."
LangString Installed ${LANG_FRENCH} "eManifest Desk ${VERSION} est installé, pour vous seul. Voyages, messages et clés d’une version précédente sont restés tels quels."
LangString Stays ${LANG_ENGLISH} "The program is taken out. Your trips and messages stay in $LOCALAPPDATA\${PRODUCT}, your keys in the Windows credential store."
LangString Stays ${LANG_FRENCH} "Le programme est retiré. Vos voyages et messages restent dans $LOCALAPPDATA\${PRODUCT}, vos clés dans le gestionnaire d’identification de Windows."

; Leaves 1 in $0 where a program of $INSTDIR runs: Windows lets nobody write to a program that runs.
!macro AskWhetherRuns
  StrCpy $0 0
  !insertmacro AskWhetherOneRuns "${PROGRAM}"
  !insertmacro AskWhetherOneRuns "${COMMAND}"
!macroend
!macro AskWhetherOneRuns name
  ${If} ${FileExists} "$INSTDIR\${name}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${name}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend
!macro RefuseWhileItRuns
  ${Do}
    !insertmacro AskWhetherRuns
    ${If} $0 = 0
      ${Break}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Runs)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 5
      Quit
    ${EndIf}
  ${Loop}
!macroend

; A folder is ours if it is not there, is empty, or an installation of ours is in it.
!macro AskWhetherOurs
  StrCpy $0 1
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\app\python313.dll"
  ${AndIfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    ${DirState} "$INSTDIR" $1
    ${If} $1 = 1
      StrCpy $0 0
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(OldWindows)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function .onVerifyInstDir
  !insertmacro AskWhetherOurs
  ${If} $0 = 0
    Abort
  ${EndIf}
FunctionEnd

Section
  !insertmacro AskWhetherOurs
  ${If} $0 = 0
    MessageBox MB_OK|MB_ICONSTOP "$(Foreign)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  !insertmacro RefuseWhileItRuns

  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ; a file that an earlier version had and this one has not must not stay: Python would find it
    ExecWait '"$INSTDIR\uninstall.exe" /S /replaced _?=$INSTDIR' $0
    ${If} $0 <> 0
      MessageBox MB_OK|MB_ICONSTOP "$(NotReplaced)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    Delete "$INSTDIR\uninstall.exe"
  ${EndIf}

  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    SetErrorLevel 2
    Abort
  ${EndIf}
  ; the first start needs not do it then; nothing is lost where it fails
  nsExec::Exec '"$INSTDIR\${COMMAND}" -m compileall -q "$INSTDIR\app\packages"'
  Pop $0

  CreateShortCut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}"
  Call NameShortcut

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(^Name)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  SetErrorLevel 0
SectionEnd

; Gives the shortcut the AppUserModelID that the process bears, so that notices come in the program's name
; (IShellLinkW, IPersistFile and IPropertyStore; PKEY_AppUserModel_ID).
Function NameShortcut
  System::Call 'ole32::CoInitialize(p 0)'
  System::Call 'ole32::CoCreateInstance(g "{00021401-0000-0000-C000-000000000046}", p 0, i 1, g "{000214F9-0000-0000-C000-000000000046}", *p .r0) i .r1'
  ${If} $1 = 0
    System::Call '$0->0(g "{0000010B-0000-0000-C000-000000000046}", *p .r2) i .r1'
    ${If} $1 = 0
      System::Call '$2->5(w "$SMPROGRAMS\${PRODUCT}.lnk", i 2) i .r1'
      System::Call '$0->0(g "{886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99}", *p .r3) i .r1'
      ${If} $1 = 0
        System::Call '*(&g16 "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}", &i4 5) p .r4'
        System::Call '*(&t${NSIS_MAX_STRLEN} "${APP_ID}") p .r6'
        System::Call '*(&i2 31, &i2 0, &i4 0, p r6, p 0) p .r5'
        System::Call '$3->6(p r4, p r5) i .r1'
        System::Call '$3->7() i .r1'
        System::Call '$2->6(w "$SMPROGRAMS\${PRODUCT}.lnk", i 1) i .r1'
        System::Call '$3->2()'
        System::Free $5
        System::Free $6
        System::Free $4
      ${EndIf}
      System::Call '$2->2()'
    ${EndIf}
    System::Call '$0->2()'
  ${EndIf}
  System::Call 'ole32::CoUninitialize()'
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileItRuns
  ; only what the installer brought, and what Python compiled from it
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\read me.txt"
  Delete "$INSTDIR\build.json"
  Delete "$INSTDIR\for checks only.txt"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
  ${OrIf} ${FileExists} "$INSTDIR\${PROGRAM}"
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/replaced" $1
  ${If} ${Errors} ; for good, not for a newer version
    Delete "$SMPROGRAMS\${PRODUCT}.lnk"
    DeleteRegValue HKCU "${RUN}" "${RUN_VALUE}"
    DeleteRegKey HKCU "${UNINSTALL}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
  ${EndIf}
  SetErrorLevel 0
SectionEnd
