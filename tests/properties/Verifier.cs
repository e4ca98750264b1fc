using System.Runtime.CompilerServices;
using RefIke.Specification;
using Snapshooter;
using Snapshooter.Core;
using Snapshooter.Core.Serialization;

namespace VerifyXunit;

/// <summary>
/// Verify.Xunit's calls and file names over Snapshooter's core, because Verify.Xunit does not restore on this platform
/// (docs/decisions.md). The day it does, this file goes and the package reference comes; no test changes.
/// A snapshot is <c>Class.Method.verified.txt</c> beside its test; what differs is left as <c>.received.txt</c>; to accept it, rename it.
/// </summary>
internal static class Verifier
{
    /// <summary>Compares text with its snapshot. A missing snapshot fails too.</summary>
    public static SettingsTask Verify(string target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
        => new(target, Path.Combine(RowFile.FindRepository(AppContext.BaseDirectory)!, sourceFile), method);
}

/// <summary>A comparison in the making: awaited, it is done.</summary>
internal sealed class SettingsTask(string target, string sourceFile, string method)
{
    private string parameters = "";

    public SettingsTask UseParameters(params object?[] values)
    {
        parameters = $"_{string.Join('_', values)}";
        return this;
    }

    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    public Task ToTask()
    {
        var name = $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}{parameters}";
        var serializer = new SnapshotSerializer(new GlobalSnapshotSettingsResolver());
        new SnapshotAssert(serializer, new VerifyNames(), new NothingToClean(), new JsonSnapshotComparer(new EqualText(), serializer),
                new JsonSnapshotFormatter(serializer))
            .AssertSnapshot(target.ReplaceLineEndings("\n"), new SnapshotFullName(name, Path.GetDirectoryName(sourceFile)!), new MatchOptions());
        return Task.CompletedTask;
    }

    private sealed class EqualText : IAssert
    {
        public void Assert(string expectedSnapshot, string actualSnapshot) => Xunit.Assert.Equal(expectedSnapshot, actualSnapshot);
    }

    private sealed class NothingToClean : ISnapshotEnvironmentCleaner
    {
        public void Cleanup(SnapshotFullName snapshotFullName)
        {
        }
    }

    private sealed class VerifyNames : ISnapshotFileHandler
    {
        public string SaveNewSnapshot(SnapshotFullName snapshotFullName, string snapshotData)
        {
            SaveMismatchSnapshot(snapshotFullName, snapshotData);
            throw new FileNotFoundException($"no snapshot yet: {Verified(snapshotFullName)}");
        }

        public string SaveMismatchSnapshot(SnapshotFullName snapshotFullName, string snapshotData)
        {
            File.WriteAllText(Received(snapshotFullName), snapshotData);
            return Received(snapshotFullName);
        }

        public string ReadSnapshot(SnapshotFullName snapshotFullName) => File.ReadAllText(Verified(snapshotFullName)).ReplaceLineEndings("\n");

        public bool TryReadSnapshot(SnapshotFullName snapshotFullName, out string snapshotData)
        {
            var there = File.Exists(Verified(snapshotFullName));
            snapshotData = there ? ReadSnapshot(snapshotFullName) : "no snapshot yet\n";
            return there;
        }

        public void DeleteSnapshot(SnapshotFullName snapshotFullName) => File.Delete(Verified(snapshotFullName));

        public void DeleteSnapshotSubfolder(SnapshotFullName snapshotFullName, string subfolderName) => File.Delete(Received(snapshotFullName));

        private static string Verified(SnapshotFullName name) => Path.Combine(name.FolderPath, $"{name.Filename}.verified.txt");

        private static string Received(SnapshotFullName name) => Path.Combine(name.FolderPath, $"{name.Filename}.received.txt");
    }
}
