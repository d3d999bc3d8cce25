# Installs eManifest Desk on Windows, tries it, and takes it out again. Ends with 1 at the first thing that is not so.
param(
    [Parameter(Mandatory)] [string] $Installer,
    [Parameter(Mandatory)] [string] $Portable,
    [string] $Tour = "tour"
)
$ErrorActionPreference = "Stop"
$program = Join-Path $env:LOCALAPPDATA "Programs\eManifest Desk"
$data = Join-Path $env:LOCALAPPDATA "eManifest Desk"
$shortcut = Join-Path ([Environment]::GetFolderPath("Programs")) "eManifest Desk.lnk"
$listed = "HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\eManifest Desk"

function Expect($isSo, $otherwise) {
    if (-not $isSo) { Write-Error $otherwise; exit 1 }
}

function Run($file, $words, $wanted = 0) {
    $done = Start-Process -FilePath $file -ArgumentList $words -Wait -PassThru
    Expect ($done.ExitCode -eq $wanted) "$file $words ended with $($done.ExitCode)"
}

function Take-Tour($file, $folder) {
    New-Item -ItemType Directory -Force $folder | Out-Null
    Run $file @("--practice", "--tour", "`"$((Resolve-Path $folder).Path)`"")
    Expect ((Get-ChildItem $folder -Filter "*.png").Count -ge 8) "the tour left too few pictures"
    Expect (Test-Path (Join-Path $folder "sheet.pdf")) "the tour left no sheet"
}

# install
Run $Installer @("/S")
Expect (Test-Path $shortcut) "the Start menu has no shortcut"
Expect (Test-Path $listed) "Windows does not list the program"
$shell = New-Object -ComObject Shell.Application
$item = $shell.Namespace((Split-Path $shortcut)).ParseName((Split-Path -Leaf $shortcut))
$name = $item.ExtendedProperty("System.AppUserModel.ID")
Expect ($name -eq "eManifestDesk") "the shortcut bears the name '$name'"
$version = (Get-Item "$program\emanifest-desk.exe").VersionInfo.ProductVersion
Expect ($version -eq (Get-ItemProperty $listed).DisplayVersion) "the program says it is $version"

# try
$command = "$program\emanifest.exe"
$found = (& $command --format json doctor | ConvertFrom-Json)
Expect ($LASTEXITCODE -eq 0) "doctor ended with $LASTEXITCODE"
$found | ConvertTo-Json -Depth 5
"c-9000-2bcd8ae5954e0c48" | & $command company add "Sample Carrier" --scac SMPL --address sample --key-stdin
Expect ($LASTEXITCODE -eq 0) "no carrier could be added"
& $command import tests\golden\messages\ace-trip.json
Expect ($LASTEXITCODE -eq 0) "no trip could be imported"
$before = & $command --format json list trips
Take-Tour "$program\emanifest-desk.exe" (Join-Path $Tour "installed")

# the same installer over it, as an upgrade
Run $Installer @("/S")
Expect ((& $command --format json list trips) -eq $before) "the trips are not as they were"

# take it out
& $command company remove "Sample Carrier"
Start-Process -FilePath "$program\uninstall.exe" -ArgumentList "/S" -Wait
foreach ($second in 1..60) {
    if (-not (Test-Path $program)) { break }
    Start-Sleep -Seconds 1
}
Expect (-not (Test-Path $program)) "the program is left"
Expect (-not (Test-Path $shortcut)) "the shortcut is left"
Expect (-not (Test-Path $listed)) "Windows still lists the program"
Expect (Test-Path "$data\emanifest.db") "the data are gone"

# the portable one, from a folder with a space and letters beyond ASCII
$folder = Join-Path $env:TEMP "Été 2026"
Expand-Archive -Path $Portable -DestinationPath $folder -Force
Take-Tour "$folder\eManifest Desk\emanifest-desk.exe" (Join-Path $Tour "portable")
Write-Output "Everything is as it should be."
