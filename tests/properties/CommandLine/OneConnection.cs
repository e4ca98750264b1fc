using RefIke.Cli.Configuration;
using RefIke.Engine;

namespace RefIke.Properties.CommandLine;

/// <summary>A configuration of one connection with one child, and the keys that a test is about.</summary>
internal static class OneConnection
{
    public static Connection Load(
        string keys, string childKeys = "", string phase1 = "\"aes256-sha256-modp2048\"", string esp = "aes256-sha256")
    {
        using var folder = new TestFolder();
        var file = folder.Write("test.toml", $"""
            [endpoint]
            listen = "127.0.0.1"
            [[connection]]
            name = "c"
            remote = "127.0.0.2"
            psk = "secret"
            phase1 = [{phase1}]
            {keys}
              [[connection.child]]
              name = "c"
              esp = ["{esp}"]
              {childKeys}
            """);
        return ConfigurationFile.Load(file, new NamedRandomness(1, "test")).Connections.Single();
    }
}
