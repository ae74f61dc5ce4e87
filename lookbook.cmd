@echo off
rem Starts Lookbook on Windows: finds a Java, builds the checkout when there is no build, runs the command.
rem Unlike the launcher for Unix it does not look whether the sources are newer: after a change run
rem   mvn package -DskipTests -Dquick
setlocal
rem ONNX Runtime would write to a cache and call home otherwise.
if not defined ORT_DISABLE_TELEMETRY set "ORT_DISABLE_TELEMETRY=1"
set "home=%~dp0"
set "home=%home:~0,-1%"

set "java=%JAVA_HOME%\bin\java.exe"
if not exist "%java%" for %%j in (java.exe) do set "java=%%~$PATH:j"
if not exist "%java%" (
    echo lookbook: Java 17 or newer is wanted, and there is none in JAVA_HOME or on the PATH. 1>&2
    echo   Get one from adoptium.net and set JAVA_HOME to its folder. 1>&2
    exit /b 1
)

if exist "%home%\pom.xml" goto checkout
set "home=%home%\.."
set "classpath=%home%\lib\*"
goto run

:checkout
if exist "%home%\cli\target\lookbook.classpath" goto built
where /q mvn
if errorlevel 1 (
    echo lookbook: building Lookbook wants Maven 3.8 or newer, and there is no mvn on the PATH. 1>&2
    exit /b 1
)
echo Building Lookbook... 1>&2
call mvn -q -B -ntp -f "%home%\pom.xml" -pl cli -am package -DskipTests -Dquick 1>&2
if errorlevel 1 (
    echo lookbook: the build failed 1>&2
    exit /b 1
)

:built
setlocal enabledelayedexpansion
set "classpath="
for /f "usebackq delims=" %%j in ("%home%\cli\target\lookbook.classpath") do (
    if "%%~xj"==".jar" set "classpath=!classpath!%%j;"
)
endlocal & set "classpath=%classpath%"

:run
set "CLASSPATH=%classpath%"
"%java%" --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true %LOOKBOOK_JAVA_OPTS% ^
    "-Dlookbook.home=%home%" dev.lookbook.cli.Lookbook %*
exit /b %errorlevel%
