using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Cli.Configuration;

/// <summary>
/// A configuration in TOML: where this endpoint is, whom it knows, what it protects. <c>docs/configuration.md</c> has
/// every key.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>Every table, as its header is written, with the keys that are known in it.</summary>
    public static readonly ImmutableDictionary<string, ImmutableArray<string>> Keys =
        new Dictionary<string, ImmutableArray<string>>
        {
            [""] = ["endpoint", "retransmission", "connection"],
            ["endpoint"] = EndpointTable.EndpointKeys,
            ["retransmission"] = EndpointTable.RetransmissionKeys,
            ["connection"] = [.. ConnectionTable.Keys, .. PublicKeysTable.Keys, .. RemoteAccessTable.Keys],
            ["connection.child"] = ChildTable.Keys,
            ["connection.group"] = GroupTable.Keys,
        }.ToImmutableDictionary();

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be used; the message says what is wrong and where.</exception>
    public static EndpointSetup Load(string path, IRandomness randomness)
    {
        try
        {
            var root = TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(path))!;
            var files = new PemFiles(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return EndpointTable.Read(new TomlSection(root, "", Keys[""]), files, randomness);
        }
        catch (Exception e) when (e is TomlException or IOException or UnauthorizedAccessException)
        {
            var missing = e is FileNotFoundException or DirectoryNotFoundException;
            throw new BadInputException($"{path}: {(missing ? "no such file" : e.Message)}");
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
    }
}
