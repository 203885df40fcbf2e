; Inno Setup script: installs for the current user, keeps the data folder on removal.
#define Version GetStringFileInfo("..\..\dist\tcf-desktop\TCF Desktop.exe", "ProductVersion")
#if Version == ""
  #define Version "0"
#endif

[Setup]
AppId={{6D3A5B1E-5C5B-4E55-9C5E-7E1F6E0E3A11}
AppName=TCF Desktop
AppVersion={#Version}
DefaultDirName={autopf}\TCF Desktop
DefaultGroupName=TCF Desktop
PrivilegesRequired=lowest
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=tcf-desktop-setup
Compression=lzma2
SolidCompression=yes

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\tcf-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\TCF Desktop"; Filename: "{app}\TCF Desktop.exe"
